export { regionBetween, withSide } from '../core/media/region/Region';
