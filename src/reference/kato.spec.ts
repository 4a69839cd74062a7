import { readKato } from './kato.js';

const HEAD = 'kato,kato_version,level,type_code,name_ru,name_kk\n';
const of = (...lines: string[]): ReturnType<typeof readKato> => readKato(HEAD + lines.join('\n'));

describe('the classifier', () => {
  it('gives each place its parents, region and district', () => {
    const [region, district, circle, village] = of(
      '590000000,V,oblast,0,Северо-Казахстанская область,Солтүстік Қазақстан облысы',
      '595000000,V,district,2,Кызылжарский район,Қызылжар ауданы',
      '595030000,V,sub_district,2,Бескольский с.о.,Бескөл\u00a0 а.о.',
      '595030100,V,settlement,2,с.Бесколь,Бескөл а.',
    );
    expect(region).toMatchObject({ level: 'region', parentKato: null, districtKato: null, settlementType: null });
    expect(district).toMatchObject({ parentKato: '590000000', districtKato: '595000000', settlementType: 'rural' });
    expect(circle).toMatchObject({ parentKato: '595000000', nameKk: 'Бескөл а.о.' });
    expect(village).toMatchObject({ parentKato: '595030000', districtKato: '595000000', regionCode: 'KZ-59' });
  });

  it('takes a city of republican significance for its own district', () => {
    const [city, quarter] = of(
      '710000000,V,oblast,1,г.Астана,Астана қ.',
      '711210000,V,sub_district,1,район Есиль,Есіл ауданы',
    );
    expect(city).toMatchObject({ districtKato: '710000000', settlementType: 'urban' });
    expect(quarter).toMatchObject({ districtKato: '710000000', parentKato: '710000000' });
  });

  it('finds the parent of a town that has no administration of its own, and of a city quarter', () => {
    const found = of(
      '150000000,V,oblast,0,Актюбинская область,Ақтөбе облысы',
      '151000000,V,district,3,Актобе Г.А.,Ақтөбе Қ.Ә.',
      '151010000,V,sub_district,1,г.Актобе,Ақтөбе қ.',
      '151011100,V,settlement,1,район Астана,Астана ауданы',
      '156000000,V,district,4,Хромтауский район,Хромтау ауданы',
      '156020100,V,settlement,1,г.Хромтау,Хромтау қ.',
    );
    expect(found.map(({ parentKato }) => parentKato)).toEqual([
      null,
      '150000000',
      '151000000',
      '151010000',
      '150000000',
      '156000000',
    ]);
    expect(found.map(({ settlementType }) => settlementType)).toEqual([null, 'urban', 'urban', 'urban', null, 'urban']);
  });
});
