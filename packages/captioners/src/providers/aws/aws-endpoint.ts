/**
 * Where a service of AWS is in a region. Said, not left to the SDKs: they would also look into the
 * environment, and images would go elsewhere than people were told.
 */
export const awsEndpoint = (service: string, region: string) =>
  `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
