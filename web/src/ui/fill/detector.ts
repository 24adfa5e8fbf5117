/** A detector for browsers that have none 扫码引擎: ZXing as WebAssembly, from our own origin. */
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** Made on the first scan. */
export function makeDetector(): BarcodeDetector {
  prepareZXingModule({
    overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) },
  })
  return new BarcodeDetector()
}
