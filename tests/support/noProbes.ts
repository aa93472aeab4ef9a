import type { DoctorProbes } from '../../src/backend/doctor/measurements';

/** Measures nothing: of a host that is on no network. */
export const noProbes: DoctorProbes = {
  measure: () =>
    Promise.resolve({
      system: 'other',
      interfaces: [],
      multicast: [],
      devices: [],
      address: null,
      internet: null,
    }),
};
