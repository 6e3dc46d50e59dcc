/** English abbreviations after which a full stop does not end a sentence, so it stays on the word. */
export const NONBREAKING_PREFIXES: ReadonlySet<string> = new Set(
  `A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
   Adj Adm Adv Asst Bart Bldg Brig Bros Capt Cmdr Col Comdr Con Corp Cpl DR Dr Drs Ens Gen Gov Hon Hr
   Hosp Insp Lt MM MR MRS MS Maj Messrs Mlle Mme Mr Mrs Ms Msgr Op Ord Pfc Ph Prof Pvt Rep Reps Res
   Rev Rt Sen Sens Sfc Sgt Sr St Supt Surg v vs i.e rev e.g Nos Nr`.split(/\s+/),
)

/** The same, but only before a number: "No. 5". */
export const NUMERIC_PREFIXES: ReadonlySet<string> = new Set(['No', 'Art', 'pp'])
