export interface Column {
  key: string;
  label: string;
  /** Of a track of CSS grid. */
  width?: string;
  /** Numbers stand at the end. */
  end?: boolean;
}
