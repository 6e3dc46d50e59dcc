export const devices = ['cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const
export type Device = (typeof devices)[number]

/** What a device needs, as the end of the message that it is absent. */
export const deviceNeeds = {
  cpu: 'onnxruntime-node has builds for Linux and Windows (x64, arm64) and macOS (arm64) only.',
  webgpu:
    'It needs a GPU with a driver for Vulkan (Linux: libvulkan.so.1), Metal or Direct3D 12; ' +
    'Linux on arm64 has no build of it. Use the device cpu otherwise.',
  cuda:
    'It needs Linux on x64, an NVIDIA driver, CUDA 12 and cuDNN 9, and a library that npm does not ' +
    'bring: npm rebuild onnxruntime-node --onnxruntime-node-install=true. Use webgpu or cpu otherwise.',
  coreml: 'It is part of macOS. Use webgpu or cpu otherwise.',
  dml: 'DirectML is part of Windows. Use webgpu or cpu otherwise.',
} as const satisfies Record<Device, string>
