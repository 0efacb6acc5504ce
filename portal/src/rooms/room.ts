import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import type { Role } from '../session';

export type Shown = 'device' | 'facility' | 'worker' | 'volunteer';

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may enter: nobody needs to be signed in without it; whoever is signed in where it is empty. */
    roles?: readonly Role[];
    /** Key of the page's title in words. */
    title?: string;
    /** The page that tells about one of these, by the parameter `key`: search links to it. */
    shows?: Shown;
    /** Set by the router: whose words the page needs. */
    room?: Room;
  }
}

type Load<T> = () => Promise<{ default: T }>;

export interface RoomLink {
  to: string;
  /** In each language, since the room's words are not loaded yet. */
  label: { en: string; ar: string } & Record<string, string>;
  roles?: readonly Role[];
  /** A page of the gateway's own, which the router does not know. */
  served?: true;
}

/** A part of the portal with its own words, loaded when somebody enters it. */
export interface Room {
  /** Its words stand beneath this name: `t('home.back')`. */
  name: string;
  /** `import.meta.glob('./*.json')`: a language is a file. */
  words: Record<string, () => Promise<unknown>>;
  routes: RouteRecordRaw[];
  /** What the navigation shows, to whom. */
  links?: RoomLink[];
  /** A list of what waits for the person, shown at home; it shows nothing when nothing does. */
  waiting?: { roles: readonly Role[]; load: Load<Component> };
  /** Shown at home to who is not signed in. */
  welcome?: Load<Component>;
}
