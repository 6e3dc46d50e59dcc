import { CaptionerEditor } from './form/captioner-editor.tsx'
import { KindChooser } from './form/kind-chooser.tsx'
import { CaptionerList } from './list/captioner-list.tsx'

type Props = { add: string | undefined; edit: string | undefined }

/** The list of captioners, the choice of a kind to add (`add=choose`), or the form of one. */
export function CaptionersView({ add, edit }: Props) {
  if (edit !== undefined) return <CaptionerEditor add={undefined} edit={edit} />
  if (add === 'choose') return <KindChooser />
  if (add !== undefined) return <CaptionerEditor key={add} add={add} edit={undefined} />
  return <CaptionerList />
}
