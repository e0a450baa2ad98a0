// Prints the scores of published-scores.json, from the published model's own code:
//
//   1. npm install --prefix WORK nsfwjs@4.4.0 @tensorflow/tfjs@4.22.0 buffer@6.0.3
//   2. java -cp server/target/test-classes dev.darkroom.moderation.TestPicture WORK 136-224x224 7-224x224 ...
//   3. cp published-scores.cjs WORK && node WORK/published-scores.cjs WORK/*.rgb
//
// Made with node 20 and the plain JavaScript backend of TensorFlow.js.
const fs = require("fs");
const path = require("path");
const tf = require("@tensorflow/tfjs");
const { load } = require("nsfwjs/core");
const { MobileNetV2Model } = require("nsfwjs/models/mobilenet_v2");

console.info = () => {}; // which the package greets with

async function main(files) {
  const model = await load("MobileNetV2", { modelDefinitions: [MobileNetV2Model] });
  const rows = files.map((file) => {
    const picture = path.basename(file, ".rgb");
    const [width, height] = picture.split("-")[1].split("x").map(Number);
    const pixels = tf.tensor3d(new Uint8Array(fs.readFileSync(file)), [height, width, 3], "int32");
    const scores = Array.from(model.infer(pixels).dataSync(), (score) => score.toFixed(9));
    return `  {"picture": "${picture}", "scores": [${scores.join(", ")}]}`;
  });
  console.log(`[\n${rows.join(",\n")}\n]`);
}

main(process.argv.slice(2));
