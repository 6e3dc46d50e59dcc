import { expect, test } from 'vitest'
import { describeUnknownFile } from './describe-unknown-file.ts'

test.each([
  ['', 'an empty file'],
  ['<svg xmlns="http://www.w3.org/2000/svg">', 'an SVG drawing'],
  ['<?xml version="1.0"?>\n<svg width="1">', 'an SVG drawing'],
  ['<?xml version="1.0"?><rss>', 'an XML file, perhaps an SVG drawing'],
  ['\xef\xbb\xbf\n <!DOCTYPE html>', 'a web page (HTML)'],
  ['<html><body>404', 'a web page (HTML)'],
  ['%PDF-1.7', 'a PDF document'],
  ['PK\x03\x04\x14\0', 'a ZIP archive'],
  ['II*\0\x08\0\0\0', 'a TIFF image'],
  ['MM\0*\0\0\0\x08', 'a TIFF image'],
  ['BM6\0\x0c\0', 'a BMP image'],
  ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'a HEIC image'],
  ['\0\0\0\x18ftypisom\0\0\0\0mp42mp41', 'a video file'],
  ['\xff\x0a\xfa\x1f', 'a JPEG XL image'],
  ['\0\0\0\x0cJXL \r\n\x87\n', 'a JPEG XL image'],
  ['a photo of a cat\n', 'a text file'],
  ['\x01\x02\x03\x04', 'a file of an unknown kind'],
])('calls %j %s', (bytes, words) => {
  expect(describeUnknownFile(Buffer.from(bytes, 'latin1'))).toBe(words)
})
