#include "simulator/words_data.hpp"

namespace personalify::simulator::data {

const Lines sundanese_lines{.moods{{R"(Urang seuri nepi ka {a} poho waktu
Hayu ngibing ti {b} nepi ka isuk
Bungah sora léngkah anjeun di {b}
Nyanyi deui, panonpoé boga urang
Komo {a} gé milu seuri)",
                                    R"(Abdi bogoh ka anjeun nu mawa {a}
Haté anjeun ngageter di {b}
Neng, cepeng leungeun abdi di {b}
Asmara leuwih haneut tibatan {a}
Kanyaah abdi saluas {b})",
                                    R"(Hatur nuhun kana {a} di hareup panto
Nuhun Gusti pikeun jalan ka {b}
Nuhun hujan, nuhun {a}, nuhun anjeun
Anjeun nungguan abdi di {b}
Can kungsi nyarita: hatur nuhun, Ema)",
                                    R"(Isukan aya jalan tukangeun {b}
Muga {a} masih apal kana mekar
Balebat ngan telat ka {b}
Simpen saeutik harepan dina {a}
Raheut {a} cageur, urang ogé)",
                                    R"(Simpé kawas {a} sisi {b}
Geus di imah, {a} ngarénghap lalaunan
Sare heula, {b} gé geus capé
Soré datang jeung {a}
Euweuh rencana iwal neuteup {a})",
                                    R"(Sono ieu diuk di juru {b}
Abdi sono ka {a} nu nyebut ngaran anjeun
Kangen téh {a} tanpa alamat
Lamun jalan ti {b} balik deui ka anjeun
Masih disimpen {a} anjeun)",
                                    R"(Cimata murag leuwih gancang ti {a}
Abdi ceurik nyorangan di {b}
Kosong {a} nu ditinggalkeun
Hujan apal kana tunggara di {b}
Paturay ditulis dina {a})",
                                    R"(Hampura kana {a} nu peunggas
Kuduna abdi panggih jeung anjeun di {b}
Hanjakal diuk dahar jeung {a}
Hampura abdi telat ka {b}
Lamun bisa, {a} dibalikkeun deui)",
                                    R"(Abdi ceuceub anjeun ngajual {a}
Ambek ieu {a} nu disimpen di {b}
Ulah nitah abdi cicing di {b}
Jangji anjeun bohong, {a} gé nyaho
Tega pisan anjeun ka {a})",
                                    R"(Abdi sieun ka {a} tukangeun {b}
Poék lorongna, poék {a}
Aya nu ngarénghap jero {b}
Sieun lamun {a} pareum
Kalangkang ngitung {a} jeung tangga)"}},
                            .any = R"(Lampu lembur kari hiji
Anjeun nyarita "ulah nungguan" & abdi nungguan
5 < 6 jam, diitung kénéh
{a} nangtung di {b}
Tujuh poé jeung hiji {a}
Saha nu ningalkeun {a} di {b}?
Isuk-isuk ngalipet leungeun di {b}
Sacangkir deui, hiji {a} deui
Beus panungtung indit ti {b}
Duka di mana {a} muter
Jeung {b} leumpang tanpa urang
Ngan angin nu nulis ieu
Ema nyarita {a} tara salah
Cai herang ngocor ti {b})",
                            .things = R"(bulan kertas
cangkir konéng
jam ruksak
payung kolot
radio
baju bulao
lampu cempor
kacapi
sapédah
surat
séndok pérak
tangkal kalapa)",
                            .places = R"(basisir
pawon
stasion
warung kopi
sasak
kebon
pasar
situ
buruan sakola
saung sawah
gang leutik)",
                            .headings{"Pada 1", "Reff", "Pada 2", "Bridge", "Panutup"}};

} // namespace personalify::simulator::data
