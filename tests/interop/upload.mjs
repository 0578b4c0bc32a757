// Sends a file with tus-js-client, which is not ours: {url, size, chunk, story} as JSON on the standard input, what happened as JSON out.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));
const tus = await import(pathToFileURL(require.resolve('tus-js-client')));
const {url, size, chunk, story} = JSON.parse(readFileSync(0, 'utf8'));
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const content = Buffer.concat([jpeg, Buffer.alloc(size - jpeg.length, 'kapuas')]);
const told = {sha256: createHash('sha256').update(content).digest('hex'), progress: [], requests: []};

const started = (more = {}) => new Promise((done, fail) => {
  const upload = new tus.Upload(content, {
    endpoint: url, chunkSize: chunk, retryDelays: [0, 50, 100], metadata: {filename: 'Sungai é.jpg', filetype: 'image/jpeg'},
    onProgress: sent => told.progress.push(sent),
    onAfterResponse: (request, response) => { told.requests.push([request.getMethod(), response.getStatus()]); },
    onError: fail, onSuccess: () => done(upload), ...more(() => upload, done),
  });
  upload.start();
});
const nothing = () => ({});

async function stopped() {
  let place;
  await started((upload, done) => ({
    onChunkComplete: async (_size, accepted) => {
      if (accepted < content.length / 3) return;
      place = upload().url;
      await upload().abort();
      done();
    },
  }));
  return place;
}

const stories = {
  async whole() { told.url = (await started(nothing)).url; },
  async broken() {
    const place = await stopped();
    told.requests.push(['stopped', told.progress.at(-1)]);
    told.url = (await started(() => ({uploadUrl: place}))).url;
  },
  async ended() {
    const place = await stopped();
    await tus.Upload.terminate(place, {retryDelays: []});
    told.url = place;
  },
  async overridden() { told.url = (await started(() => ({overridePatchMethod: true}))).url; },
  async deferred() { await started(() => ({uploadLengthDeferred: true, retryDelays: []})).catch(error => { told.error = String(error); }); },
  async foreign() { await started(() => ({uploadUrl: `${url}${'X'.repeat(24)}/`, retryDelays: [], endpoint: null})).catch(error => { told.error = String(error); }); },
};
await stories[story]();
console.log(JSON.stringify(told));
