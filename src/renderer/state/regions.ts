export { fitted, regionBetween } from '../core/media/region/Region';
