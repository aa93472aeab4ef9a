import { SessionTracks } from './media/SessionTracks';
import type { FeatureContext } from './session/PageFeature';
import { ViewRequests } from './share/ViewRequests';

/** What each session can do, by feature. A new one is registered here, and its slice of the view becomes the session's. */
export function createFeatures(contextOf: (name: string) => FeatureContext) {
  const tracks = new SessionTracks(contextOf(SessionTracks.featureName));
  const viewRequests = new ViewRequests({ ...contextOf(ViewRequests.featureName), tracks });
  return { tracks, viewRequests };
}

/** The features of one session. */
export type Features = ReturnType<typeof createFeatures>;

type Slices = Features[keyof Features]['view'];
type Merged<U> = (U extends unknown ? (slice: U) => void : never) extends (slice: infer I) => void
  ? I
  : never;

/** What all features together add to a session's view. */
export type FeatureViews = Merged<Slices>;

/** The slices of all features. */
export function viewsOf(features: Features): FeatureViews {
  return Object.assign({}, ...Object.values(features).map(({ view }) => view)) as FeatureViews;
}
