/**
 * A district's name as people say it. KATO calls a city with its villages «Рудный Г.А.» (городская администрация), in Kazakh
 * «Рудный Қ.Ә.»; people call it a city: «г. Рудный», «Рудный қаласы». Every other name stays as it is.
 */
export function asPeopleSay(district: string): string {
  return district.replace(/^(.+) Қ\.Ә\.$/u, '$1 қаласы').replace(/^(.+) Г\.А\.$/u, 'г. $1');
}
