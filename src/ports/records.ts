/** What a person and a feed tell of the merchant's qualifications and of announced windows. */
import type { Notice, Qualification, Records } from "../core/records/records.ts";
import type { FeedView, NoticeView, QualificationView } from "../core/records/view.ts";
import type { Answer } from "./till.ts";

export interface RecordsDesk {
  qualifications(): readonly QualificationView[];
  /** A new one, or the one of this id anew. For the owner, as all changes here. */
  setQualification(given: Omit<Qualification, "source">): Promise<Answer<QualificationView>>;
  removeQualification(id: string): Promise<Answer<null>>;
  notices(): readonly NoticeView[];
  /** Without an id it gets one. */
  setNotice(
    given: Omit<Notice, "source" | "id"> & { id: string | null },
  ): Promise<Answer<NoticeView>>;
  removeNotice(id: string): Promise<Answer<null>>;
  feed(): FeedView;
}

/** What a feed said at one look. */
export type FeedRead =
  | { readonly kind: "read"; readonly records: Records }
  /** As it was at the last look. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly why: string };

export interface RecordFeed {
  readonly address: string;
  /** Never rejects; bounded in time and size. */
  read(): Promise<FeedRead>;
}
