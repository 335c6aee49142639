#include "simulator/words_data.hpp"

namespace personalify::simulator::data {

const Lines indonesian_lines{.moods{{R"(Kita tertawa sampai {a} lupa waktu
Menari pelan dari {b} hingga pagi
Bahagia itu bunyi langkahmu di {b}
Nyanyi lagi, matahari milik kita
Bahkan {a} ikut tersenyum malam ini)",
                                     R"(Aku cinta caramu membawa {a} pulang
Hatimu berdetak di dekat {b}
Sayang, genggam tanganku di {b}
Peluk aku, {a} bisa menunggu
Kamu lebih hangat dari {a})",
                                     R"(Terima kasih untuk {a} di depan pintu
Syukur untuk setiap jalan ke {b}
Makasih hujan, makasih {a}, makasih kamu
Kau menunggu aku di {b} sampai reda
Belum sempat kubilang: terima kasih, Ibu)",
                                     R"(Besok masih ada jalan di balik {b}
Semoga {a} masih ingat cara mekar
Subuh hanya terlambat datang ke {b}
Simpan sedikit harapan dalam {a}
Luka {a} sembuh, kita juga)",
                                     R"(Tenang seperti {a} di tepi {b}
Pulang juga akhirnya, {a} bernapas pelan
Tidurlah, {b} juga sudah lelah
Sore datang bersama {a}
Tak ada rencana selain melihat {a})",
                                     R"(Rindu ini duduk di sudut {b}
Aku kangen {a} menyebut namamu
Rindu itu {a} tanpa alamat
Andai jalan dari {b} kembali kepadamu
Masih kusimpan {a} milikmu)",
                                     R"(Air mata jatuh lebih cepat dari {a}
Aku menangis sendiri di {b}
Kosong {a} yang kau tinggal
Hujan hafal sedihku di {b}
Selamat tinggal tertulis di {a})",
                                     R"(Maaf untuk {a} yang kupatahkan
Harusnya kutemui kau di {b}
Sesal duduk makan bersama {a}
Maafkan aku yang terlambat ke {b}
Andai bisa, kukembalikan {a})",
                                     R"(Aku benci caramu menjual {a}
Marahku {a} yang kusimpan di {b}
Jangan suruh aku diam di {b}
Janjimu bohong, {a} pun tahu
Lawan aku, {a} tak akan pindah)",
                                     R"(Aku takut pada {a} di balik {b}
Gelap lorongnya, gelap {a}
Ada yang bernapas di dalam {b}
Takut kalau {a} padam
Bayangan menghitung {a} dan tangga)"}},
                             .any = R"(Lampu kota tinggal satu
Kamu bilang "jangan tunggu" & aku menunggu
5 < 6 jam, masih kuhitung juga
Aku klik pintu, kubaca lirik dua kali
{a} berdiri di {b}
Tujuh hari dan satu {a}
Siapa yang meninggalkan {a} di {b}?
Pagi melipat tangan di {b}
Satu cangkir lagi, satu {a} lagi
Bus terakhir pergi dari {b}
Entah di mana {a} berputar
Dan {b} berjalan tanpa kita
Hanya angin yang menulis ini
Ibu bilang {a} tidak pernah salah)",
                             .things = R"(bulan kertas
ceret kuning
jam rusak
payung tua
radio
jaket abu
lampu minyak
piano
sepeda
surat
sendok perak
pohon mangga)",
                             .places = R"(pelabuhan
dapur
halte terakhir
warung kopi
jembatan
kebun
parkiran
mercusuar
halaman sekolah
bioskop kosong
lorong kos)",
                             .headings{"Bait 1", "Reff", "Bait 2", "Bridge", "Penutup"}};

} // namespace personalify::simulator::data
