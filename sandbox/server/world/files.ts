/** Which files were uploaded? */
import type { JsonObject } from '../json.ts';
import type { Channel, InstalledApp, StoredFile, Workspace } from './workspace.ts';
import { secondsNow } from './workspace.ts';

const mimetypes: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  zip: 'application/zip',
};

/** Reserves an id for a file and the path its bytes are to be posted to. */
export function reserveFile(
  workspace: Workspace,
  app: InstalledApp,
  name: string,
  length: number,
  altText: string,
): { file: StoredFile; path: string } {
  const file = addFile(workspace, app.botUserId, name, length);
  file.appId = app.id;
  file.altText = altText;
  return { file, path: `/upload/v1/${file.id}` };
}

/** Stores a file a person puts into a form. */
export function storeFile(
  workspace: Workspace,
  owner: string,
  name: string,
  content: Uint8Array,
): StoredFile {
  const file = addFile(workspace, owner, name, content.byteLength);
  file.content = content;
  file.completed = true;
  return file;
}

/** Marks a file as uploaded and shared. */
export function completeFile(file: StoredFile, channels: readonly Channel[]): void {
  file.completed = true;
  for (const channel of channels) file.channels.add(channel.id);
}

/** A file as the Web API and messages carry it. */
export function describeFile(at: { workspace: Workspace; url: string }, file: StoredFile): JsonObject {
  const path = `${at.url}/files-pri/${at.workspace.team.id}-${file.id}`;
  const name = encodeURIComponent(file.name);
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension(file.name),
    pretty_type: extension(file.name).toUpperCase(),
    user: file.owner,
    user_team: at.workspace.team.id,
    editable: false,
    size: file.content?.byteLength ?? file.declaredLength,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    alt_txt: file.altText,
    url_private: `${path}/${name}`,
    url_private_download: `${path}/download/${name}`,
    permalink: `https://${at.workspace.team.domain}.slack.com/files/${file.owner}/${file.id}/${name}`,
    channels: [...file.channels],
  };
}

function addFile(workspace: Workspace, owner: string, name: string, length: number): StoredFile {
  const file: StoredFile = {
    id: workspace.ids.next('F'),
    name,
    title: name,
    mimetype: mimetypes[extension(name)] ?? 'application/octet-stream',
    altText: '',
    owner,
    appId: '',
    declaredLength: length,
    content: null,
    created: secondsNow(workspace),
    channels: new Set(),
    completed: false,
  };
  workspace.files.set(file.id, file);
  return file;
}

function extension(name: string): string {
  return name.includes('.') ? (name.split('.').at(-1) ?? '').toLowerCase() : 'text';
}
