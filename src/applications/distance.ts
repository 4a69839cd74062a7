const EARTH_RADIUS_KM = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in km between two points in degrees (haversine formula), on a sphere of the Earth's mean radius. */
export function greatCircleKm(from: { lat: number; lon: number }, to: { lat: number; lon: number }): number {
  const [lat1, lat2] = [radians(from.lat), radians(to.lat)];
  const dLat = lat2 - lat1;
  const dLon = radians(to.lon - from.lon);
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}
