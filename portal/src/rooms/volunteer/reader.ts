// Reads codes in browsers that cannot: loaded when somebody opens the camera there. Its machine code is our own asset, since the content policy takes no other.
import { BarcodeDetector, prepareZXingModule, purgeZXingModule } from 'barcode-detector/ponyfill';
import machine from 'zxing-wasm/reader/zxing_reader.wasm?url';

const overrides = { locateFile: () => machine };

/** With its machine code loaded. It would keep a failure for good: forgotten, the next press loads anew. */
export async function loadReader(): Promise<typeof BarcodeDetector> {
  try {
    await prepareZXingModule({ overrides, fireImmediately: true });
  } catch (e) {
    purgeZXingModule();
    throw e;
  }
  return BarcodeDetector;
}
