/** Where an image's picture is served; a caption or a job names its image by id only. */
export const thumbnailUrl = (imageId: string) => `/api/images/${imageId}/thumbnail`
export const fileUrl = (imageId: string) => `/api/images/${imageId}/file`
