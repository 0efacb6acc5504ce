// Reads codes in browsers that cannot: loaded when somebody opens the camera there. Its machine code is our own asset, since the content policy takes no other.
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import machine from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({ overrides: { locateFile: () => machine } });

export { BarcodeDetector };
