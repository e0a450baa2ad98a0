// What a person gives a page: a ZIP, or a folder, by dropping or choosing it.

/**
 * What was dropped: `{file}` for a ZIP, or `{name, files: [{path, file}]}` for a folder or several files; null for nothing.
 */
export async function dropped(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null);
  if (entries.length === 0) return chosen(transfer.files); // Not from the disk: an attachment of a mail, say.
  if (entries.length === 1 && entries[0].isFile && isZip(entries[0].name)) return {file: await fileOf(entries[0])};
  const zip = entries.find(entry => entry.isFile && isZip(entry.name));
  if (zip) throw new Error(`A dataset takes one ZIP, and nothing beside it. Drop ${zip.name} alone, or a folder with all the images.`);
  // Where there are several, the names of the folders keep apart what has the same name in two of them.
  const files = (await Promise.all(entries.map(entry => filesIn(entry, entries.length > 1 ? `${entry.name}/` : '')))).flat();
  return files.length === 0 ? null : {name: entries.length === 1 ? entries[0].name : 'files', files};
}

/** What was chosen in an `<input type="file">`. */
export function chosen(list) {
  const files = [...list];
  if (files.length === 0) return null;
  if (files.length === 1 && !files[0].webkitRelativePath && isZip(files[0].name)) return {file: files[0]};
  return {
    name: files[0].webkitRelativePath.split('/')[0] || 'files',
    files: files.map(file => ({path: withoutTop(file.webkitRelativePath) || file.name, file})),
  };
}

function isZip(name) {
  return /\.zip$/i.test(name);
}

/** The folder's own name is not part of what is in it. */
function withoutTop(path) {
  return path.slice(path.indexOf('/') + 1);
}

/** @param prefix begins the paths of what is in a folder */
async function filesIn(top, prefix) {
  if (top.isFile) return [{path: top.name, file: await fileOf(top)}];
  const found = [];
  for (const folders = [{entry: top, path: prefix}]; folders.length > 0; ) {
    const {entry, path} = folders.pop();
    for (const child of await childrenOf(entry)) {
      if (child.isFile) found.push({path: path + child.name, file: await fileOf(child)});
      else folders.push({entry: child, path: `${path}${child.name}/`});
    }
  }
  return found;
}

function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives some at a time, and none at the end. */
async function childrenOf(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
