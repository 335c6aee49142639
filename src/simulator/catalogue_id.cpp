#include "simulator/catalogue_data.hpp"

namespace personalify::simulator::data {

// Two lines an artist; the grammar is described in catalogue_data.hpp.
const std::string_view indonesian = R"music(
Lentera Biru | indonesian indie, dream pop | Surat dari Kamar Kos
longing: Pulang Larut / calm: Teh Hangat di Teras Lantai Dua / fear: Takut Lupa Suara Ibu / gratitude: Terima Kasih Sudah Menunggu
Kucing Pukul Tiga | indonesian indie, indonesian shoegaze | Insomnia Berjamaah
fear: Jam Tiga dan Pikiranku Ribut / sorrow: Menangis Pelan Biar Tak Ada yang Bangun / calm: Kipas Angin dan Doa Pendek
Toko Hujan | indonesian indie, indonesian folk | Payung Pinjaman
longing: Hujan Menyebut Namamu Lagi / love: Setengah Payung untuk Kita / regret: Harusnya Kutahan Kau di Halte
Angkot Terakhir | bandung indie, indonesian rock | Dago Menjelang Subuh
joy: Gaskeun Sampai Pagi / anger: Macet, Marah, lalu Menyerah / longing: Bandung Tanpamu Cuma Kota Dingin / hope: Besok Kita Coba Lagi
Kaset Rusak | indonesian indie, indonesian lo-fi | Sisi B yang Tak Diputar
regret: Maaf yang Terlambat Tiga Tahun / longing: Kuputar Lagi Tawamu / calm: Sore Tanpa Rencana
Serdadu Kapas | indonesian indie, chamber pop | Perang Bantal
joy: Kita Menang Melawan Hari Senin / fear: Pura-Pura Berani / love: Jatuh Cinta Sebelum Kopi Habis
Gerimis Pertama | indonesian indie, dream pop |
love: Kamu Datang Bersama Bau Tanah / sorrow: Patah Hati Bulan Basah / hope: Nanti Juga Reda
Sarapan Sore | bandung indie, indonesian indie | Bangun Kesiangan
joy: Gabut Berdua Rasanya Surga / calm: Mager Nasional / gratitude: Makasih Udah Nggak Nanya Kapan
Bunyi Laci | indonesian indie, indonesian folk | Barang-Barang yang Kau Tinggal
sorrow: Sikat Gigimu Masih di Sini / longing: Jaket Abu Berbau Kamu / anger: Ambil Semua, Sisakan Aku
Halte Nomor Sembilan | indonesian indie, post-punk | Bus Terakhir Tak Datang
fear: Lampu Merah Terlalu Lama / sorrow: Kota Ini Tidak Mengenalku / anger!: Tai Kucing dengan Janjimu
Pelipur Pagi | indonesian indie, indonesian pop | Resep Sembuh Sederhana
hope: Pelan-Pelan Kita Pulih / gratitude: Untuk Tubuhku yang Bertahan / joy: Matahari Masuk Lewat Dapur
Kamar Gema | indonesian shoegaze, dream pop | Dinding yang Mendengar
sorrow: Sunyi Ini Terlalu Keras / fear: Bayang di Ujung Lorong / longing: Gaung Namamu Tak Mau Hilang
Menara Garam | indonesian rock, indonesian indie | Karam dengan Tenang
anger: Kalian Jual Laut Kami / sorrow: Ayah Tak Pulang dari Laut / hope: Mercusuar Masih Menyala
Kolektif Kabut | indonesian shoegaze, post-rock | Lereng Utara
calm: Napas di Atas Awan / fear: Tersesat Lima Langkah dari Tenda / gratitude: Gunung Mengajariku Pulang
Tuan Lampion | indonesian indie, indonesian jazz | Pesta Kecil di Loteng
joy: Menari Tanpa Musik / love: Matamu Ribut Sekali Malam Ini / calm: Lampu Kuning, Hati Tenang
Rak Buku Miring | indonesian folk, indonesian indie | Catatan Kaki
regret: Halaman yang Kusobek Sendiri / love: Kubaca Kau Pelan-Pelan / sorrow: Bab Terakhir Tanpa Kita
Jemuran Basah | bandung indie, indonesian punk | Cucian Hari Minggu
anger: Hujan Lagi, Sialan / joy: Bodo Amat, Kita Joget / calm: Santuy Dulu Baru Panik
Ranu Lembayung | indonesian folk | Nyanyian Danau Sunyi
calm: Perahu Tanpa Tujuan / gratitude: Syukur Sebesar Danau / longing: Kukirim Rindu Lewat Angin Timur
Nadir Pelangi | indonesian indie, indonesian city pop | Trotoar Neon
joy: Sudirman Setelah Hujan / longing: Wangi Parfummu di Lift / love: Salting di Lampu Merah
Wening Astari | indonesian folk, indonesian pop | Di Antara Dua Napas
calm: Hening yang Kita Rawat / gratitude: Nasi Hangat Buatan Ibu / sorrow: Kursi Kosong di Meja Makan / longing: Bapak, Aku Sudah Besar
Banyu Prasaja | indonesian folk | Sumur Tua
sorrow: Air Mata Tak Mau Kering / hope: Hujan Pasti Sampai ke Sini / gratitude: Terima Kasih, Kampung Halaman
Dimas Rakaputra | indonesian pop | Sisa Kita
sorrow: Aku Kalah dari Kenanganmu / love: Kamu Rumah yang Kupilih / regret: Andai Kutahu Itu Pelukan Terakhir / longing: Rindu Ini Tak Tahu Alamat
Kirana Maheswara | indonesian pop, indonesian r&b | Jujur Sekali Ini
love: Bucin Garis Keras / anger: Jangan Panggil Aku Sayang Lagi / sorrow: Diselingkuhi Hujan / joy: Bahagia Tanpa Izin Siapa-Siapa
Raka & Nirmala | indonesian pop, indonesian folk | Berdua Saja Cukup
love: Tua Bersamamu di Beranda / gratitude: Untung Ada Kamu / joy: Piknik di Ruang Tamu
Satria Wibisena | indonesian pop, melayu pop | Janji di Ujung Malam
sorrow: Kau Pilih Dia, Kupilih Diam / longing: Menunggu di Bangku yang Sama / love: Sampai Rambut Kita Memutih
Melati Jingga | indonesian pop | Baper Tanpa Sebab
joy: Cie, Senyum Sendiri / love: Chat-mu Kubaca Seribu Kali / sorrow: Cuma Dianggap Adik / anger: Dasar Pemberi Harapan Palsu
Anjani Purbasari | indonesian pop, indonesian r&b | Luka yang Sopan
sorrow: Kau Pamit Tanpa Suara / fear: Takut Ditinggal Saat Tidur / hope: Lukaku Belajar Tersenyum
Galih Tirtayana | indonesian pop | Catatan Anak Rantau
longing: Telepon Ibu Jam Sembilan / gratitude: Amplop dari Ayah / fear: Gagal Itu Menakutkan, Bu / hope: Pulang Membawa Kabar Baik
Sekar Anindhita | indonesian pop, indonesian jazz | Gaun Warna Hujan
love: Dansa Pelan di Dapur Sempit / sorrow: Bunga Itu Bukan Untukku / calm: Malam Ini Tak Perlu Kata
Trio Kembang Gula | indonesian pop | Manis Kebangetan
joy: Hari Ini Kita Ulang Tahun Semua / love: Gemes Setengah Mati / joy: Liburan Receh ke Pantai
Bima Arkananta | indonesian r&b, alternative r&b | Jam Dua Pagi
longing: Typing... Lalu Hilang / love: Peluk Aku Tanpa Tanya / regret: Salahku Semua, Sayang / fear: Aku Takut Kau Bosan
Naya Sagara | indonesian r&b, neo soul | Kulit Senja
love: Kulitmu Hafal Namaku / anger: Enough Sudah Aku Mengalah / calm: Mandi Cahaya Bulan
Oka Rimba | indonesian r&b, indonesian hip hop | Overthinking Club
fear: Isi Kepala Kayak Pasar / sorrow: Healing tapi Tetap Nangis / hope: Satu Hari Tanpa Cemas
MC Tahu Bulat | indonesian hip hop | Digoreng Dadakan
joy: Limaratusan Bahagia / anger!: Bacot Netizen / gratitude: Ngerap Buat Emak
Gang Sempit 04 | indonesian hip hop, boom bap | Anak Gang Punya Mimpi
anger!: Digusur Pagi Buta / hope: Dari Gang Jadi Orang / gratitude: Hormat untuk Tukang Sayur / sorrow: Kawanku Pulang Duluan
Lidah Api Kecil | indonesian hip hop | Mulut Tanpa Rem
anger!: Kau Tikam dari Belakang, Bangsat / fear: Sirene Tengah Malam / joy: Cuan Dulu Baru Nangis
Jaka Frekuensi | indonesian hip hop, indonesian lo-fi | Radio Loak
calm: Rebahan Adalah Ibadah / longing: Mantan Lewat di FYP / regret: Uang Habis, Teman Habis
Astari 90an | indonesian city pop, disco | Kaset Papa
joy: Malam Minggu di Blok M Plaza / love: Kencan Naik Vespa Biru / longing: Jakarta yang Pernah Muda
Neon Cikini | indonesian city pop, synthwave | Trotoar Merah Jambu
joy: Senyummu Lampu Kota / longing: Nomor Telepon Lama / love: Cinta Kilat Akhir Pekan
Vespa Kuning | indonesian city pop, indonesian pop |
joy: Angin Sore dan Kamu di Boncengan / love: Bensin Habis, Cinta Penuh / calm: Lewat Jalan Memutar
Larasati Kawi | indonesian jazz | Kopi Tanpa Gula
calm: Biarkan Piano yang Bicara / sorrow: Hujan Jatuh di Nada Minor / love: Mabuk Tatapan Pertama
Kuartet Teluk Senyap | indonesian jazz, jazz fusion | Pasang Surut
calm: Ombak Menghitung Waktu / fear: Badai dari Selatan / joy: Samba di Dermaga
Paduan Suara Loteng | indonesian indie, chamber pop | Orkes Atap Seng
gratitude: Lagu untuk Tetangga Baik / joy: Bernyanyilah Sumbang Bersamaku / sorrow: Satu Suara Telah Pergi
Ratna Juwita Ayuning | dangdut | Goyang Air Mata
sorrow: Cincin Kawin Kugadaikan / anger: Suamiku Bukan Milikmu / love: Cinta Seharga Bakso
Bang Topan Gemilang | dangdut, melayu pop | Duda Terhormat
sorrow: Ditinggal Kawin Bulan Puasa / joy: Goyang Sampai Sandal Putus / gratitude: Alhamdulillah Masih Bisa Joget
Neneng Safira KDS | dangdut koplo, dangdut | Koplo Hajatan
joy: Sawer Aku dengan Senyummu / sorrow: Janda Sebelum Sebulan / anger: Pelakor Tak Tahu Diri / love: Abang Ganteng Bikin Demam
D'Pantura Ceria | dangdut koplo | Truk Goyang Lintas Jawa
joy: Klakson Telolet Hatiku / longing: Sopir Rindu Kampung / love: Mbak Warung Kopi KM 57 / sorrow: Cintaku Tergilas Tronton
Orkes Melayu Srikandi Laut | dangdut, melayu pop | Gelombang Asmara
sorrow: Kapal Berlayar, Janji Karam / longing: Surat dari Seberang Lautan / love: Bidadari Pasar Ikan
Yuni Kartikasari | dangdut koplo | Ambyar Sak Kabupaten
sorrow: Ambyar di Parkiran / anger: Kok Tega Banget Kamu, Mas / joy: Jomblo Tapi Bahagia / love: Salam Sayang dari Gang Mawar
Om Jarwo & Pasukan Kendang | dangdut koplo, funkot | Kendang Tanpa Ampun
joy: Kendang Ditabuh, Lutut Bergerak / joy: Gaspol Jangan Kendor / anger: Hutang Dibayar Janji
Cak Mat Koplo | dangdut koplo | Wedangan
gratitude: Matur Suwun Bojoku / sorrow: Nangis Neng Pojokan / joy: Ngopi Sek Ben Waras
Dewi Purnama Raya | dangdut | Malam Seribu Gendang
longing: Bulan Pun Ikut Menunggu / love: Asmara di Pasar Malam / fear: Jangan Kau Main Api
Ani Lestari Panggung Desa | dangdut, dangdut koplo |
gratitude: Doa Ibu Nomor Satu / sorrow: Menang Lomba, Kalah Cinta / joy: Panggung Kecil Mimpi Besar
Remix Terminal Baru | funkot, dangdut koplo | Full Bass Anti Galau
joy: Jedag Jedug Tengah Sawah / joy: Party Sampai Adzan Subuh / anger: Mantan Kupasang di Bass / sorrow: DJ, Putarkan Lagu Patah Hatiku
DJ Ucok Gempar | funkot | Kota Lampu Disko
joy: Naik Turun Naik Lagi / fear: Pulang Pagi Dimarahi Istri / love: Cinta 180 BPM
Bintara Syam | dangdut, indonesian rock | Gitar Tua dan Sajadah
hope: Taubat Sebelum Terlambat / anger: Judi Merampas Segalanya / regret: Begadang Menyisakan Sesal
Orkes Keroncong Pasir Wangi | keroncong | Bengawan Kenangan
longing: Di Bawah Pohon Asam Tempat Kita / calm: Angin Malam Membelai Kota Tua / gratitude: Persembahan untuk Pahlawan Tak Bernama
Sri Mulyaningrum | keroncong | Kebaya Biru
longing: Sapu Tangan Berenda Putih / love: Setia Bagai Fajar / sorrow: Kembang Layu di Pusara
Keroncong Stasiun Tugu Kecil | keroncong, indonesian folk | Peron Perpisahan
sorrow: Kereta Membawa Separuh Jiwa / longing: Lambaian dari Jendela Gerbong / hope: Kelak Kau Turun di Sini
Soedjarwo Tjandra | keroncong, melayu pop | Piringan Hitam Nusantara
love: Juwita di Balik Tirai / calm: Rembulan di Atas Gubuk / gratitude: Budi yang Tiada Terbalas
Suara Surau Al-Fajri | qasidah | Cahaya Subuh
gratitude: Segala Puji di Pagi Ini / hope: Ampuni Hamba yang Lalai / calm: Tenteram dalam Sujud
Nasyid Bening Hati | qasidah, indonesian pop | Jalan Pulang
gratitude: Ibu, Surgaku / fear: Sebelum Pintu Tertutup / hope: Bersama Kesulitan Ada Kemudahan
Gergaji Malam | indonesian metal | Tanah Berdarah
anger!: Bakar Singgasana / fear: Teror di Bawah Ranjang / sorrow: Nisan Tanpa Nama
Murka Khatulistiwa | indonesian metal, metalcore | Amuk
anger!: Kubayar Dendam Ini Lunas / anger: Rakyat Bukan Tumbal / fear: Hutan yang Memakan Cahaya
Batu Hitam Kolosal | indonesian metal, post-rock | Lahar
fear: Ketika Gunung Berdehem / anger: Bumi Menagih Janji / calm: Abu Turun Seperti Salju
Anak Kolong Jembatan | indonesian punk | Tiga Jurus Tiga Ribu
anger!: Persetan Seragammu / joy: Miskin Tapi Kompak / hope: Kami Belum Padam
Setrika Panas | indonesian punk, garage rock |
anger: Bos, Gajiku Mana? / joy: Bolos Kerja Naik Kereta / anger!: Jalanan Milik Kami, Brengsek
Nona Pelabuhan | indonesian punk, post-punk | Tato Jangkar
anger: Tubuhku Bukan Urusanmu / fear: Jalan Pulang Terlalu Gelap / hope: Perempuan-Perempuan Menyala
Roda Gila Timur | indonesian rock | Knalpot Cinta
joy: Gas Pol ke Ujung Timur / anger: Kau Racun Paling Manis / regret: Kuhancurkan yang Kusayang
Elang Sembilu | indonesian rock | Sayap Besi
sorrow: Terbanglah Tanpa Aku / anger: Pembohong Berdasi / love: Demi Kau Kutantang Petir / hope: Bangkit dari Abu Sendiri
Purnama Sidang | indonesian rock, indonesian pop | Vonis Hati
regret: Terdakwa Kasus Rindu / love: Hakim Cintaku Tersenyum / sorrow: Penjara Kenangan Seumur Hidup
Taman Lumut | indonesian lo-fi, ambient | Rekaman Halaman Belakang
calm: Daun Jatuh, Dunia Pelan / calm: Kolam Ikan Nenek / longing: Suara Sandal Kakek
Mesin Jahit Ibu | indonesian lo-fi, bedroom pop | Benang dan Bunyi
gratitude: Seragam Sekolah Jahitan Ibu / longing: Bunyi Mesin Jam Sepuluh Malam / sorrow: Tambalan Terakhir
Gabut Kolektif ☕ | indonesian lo-fi, indonesian indie | Tugas Kuliah Menumpuk
calm: Gabut Produktif / fear: Deadline Jam 23.59 / joy: Dosen Nggak Masuk, Wkwk / sorrow: Skripsi dan Air Mata
kosan.lantai.3 | bedroom pop, indonesian indie |
longing: LDR Bandung–Makassar / love: Sambungin Wi-Fi ke Hatimu / sorrow: Mi Instan Malam Tahun Baru
Café Hujan | indonesian jazz, indonesian lo-fi | Kursi Dekat Jendela
calm: Dua Cangkir Tanpa Percakapan / love: Barista Hafal Patah Hatiku / longing: Mejamu Dipakai Orang Lain
Arunika Vale | indonesian pop, bedroom pop | Notes yang Tak Dikirim
sorrow: Diajak Ghosting Bersama / love: Halu Jadi Pacarmu / anger: Kzl Sama Diri Sendiri / hope: Move On Pelan Tapi Jalan
Pasar Bintang | indonesian indie, synthwave | Kios Nomor Tujuh Belas
joy: Beli Bintang Gratis Bulan / longing: Orbitmu Menjauh / fear: Gelap Angkasa Gelap Dada
Warung Mimpi | indonesian folk, indonesian indie | Hutang Dicatat Dulu
gratitude: Bu Warung Baik Hati / hope: Mimpi Boleh Nyicil / joy: Pisang Goreng Perdamaian
Malam Jumat Kliwon Trio | indonesian rock, gothic rock | Kamboja
fear: Jangan Menoleh ke Belakang / fear: Bau Melati di Kursi Belakang / sorrow: Arwah yang Rindu Rumah
Sanggar Ombak Timur | indonesian folk, world fusion | Perahu Ina
gratitude: Tarian Panen Raya / longing: Mama, Pulau Kita Jauh / joy: Mari Dansa, Katong Samua
Beta Lestaluhu | indonesian r&b, reggae | Pasir Putih
joy: Goyang di Tepi Pantai / longing: Ambon Manise Panggil Beta / love: Nona Manis Jang Malu
Reggae Kebun Singkong | reggae, indonesian indie | Damai di Ladang
calm: Selow, Dunia Nggak Lari / joy: Matahari Kasih Diskon / anger: Lepas Pagar dari Tanah Kami
Sinden Digital | electronic, indonesian folk | Gending 2.0
calm: Tembang di Layar Retak / fear: Mesin Mencuri Suaraku / hope: Pulanglah, Nada Lama
Kunang Elektra | electronic, synthwave | Sawah Neon
joy: Kunang-Kunang Masuk Kota / longing: Sinyal Terakhir dari Desa / calm: Padi Bergoyang 110 BPM
Rumah Siput Pindah | indonesian indie, bedroom pop |
calm: Pelan Itu Tidak Dosa / love: Bawa Aku di Punggungmu / fear: Keluar Cangkang
Diah Pitaloka Ningrum | indonesian pop, keroncong | Mengenang Tanpa Menangis
longing: Radio Tua Memutar Lagumu / gratitude: Terima Kasih Pernah Singgah / love: Jodoh Tak Akan Tertukar Kereta
Fajar Nuswantara | indonesian pop, indonesian rock | Menuju Terang
hope: Esok Milik Kita Semua / gratitude: Guru, Namamu Kusebut / joy: Bersorak untuk yang Kalah
Tania Ruslan Hadi | indonesian pop | Versi Baik Diriku
anger: Cukup Jadi Pilihan Kedua / hope: Cermin, Aku Memaafkanmu / sorrow: Pesta Pernikahanmu
Gema Putih Abu | indonesian pop, indonesian rock | Angkatan Terakhir
joy: Coret Seragam Sampai Sore / longing: Bangku Belakang Kelas Dua Belas / love: Surat Cinta di Kolong Meja / regret: Tak Sempat Bilang Suka
Hujan Plastik | indonesian indie, math rock | Angka Ganjil
fear: Langit Warna Salah / anger: Sampahmu Pulang ke Rumahmu / calm: Tujuh per Delapan Detak Jantung
Sepatu Kiri | indonesian indie, garage rock | Jalan Pincang
joy: Lari dari Kenyataan, Lari Pagi / love: Pasanganku Entah di Mana / anger: Semua Orang Sok Bijak
Layang Tersangkut | indonesian indie, emo | Langit Kampung
sorrow: Jatuh di Atap Orang / regret: Tak Kukejar Waktu Itu / longing: Masa Kecil Tak Bisa Diulang
Kopi Tubruk Senyawa | indonesian jazz, indonesian folk | Ampas
calm: Seduh Sedih Seteguk / gratitude: Pagi yang Diberi Gratis / joy: Obrolan Ngalor-Ngidul
Si "Kecil" Raharjo | indonesian hip hop, dangdut | Badan Kecil Nyali Gede
joy: Receh Tapi Tulus / anger: Jangan Remehin Tukang Parkir / gratitude: Rezeki Nggak Salah Pintu
Bulan Separuh Padam | indonesian indie, slowcore | Fase
sorrow: Separuhku Ikut Terkubur / longing: Terang di Jendela Seberang / fear: Malam Tidak Selesai-Selesai
Anya Prameswari | indonesian pop, indonesian city pop | Lipstik & Luka
anger: Cantik Bukan Untukmu / joy: Glow Up Habis Putus / love: Deg-Degan Kayak Anak SMP
Timur Laut Jauh | post-rock, indonesian shoegaze | Peta Tanpa Skala
calm: Laut Tidak Menghakimi / hope: Cahaya Kecil di Cakrawala / sorrow: Doa untuk yang Hilang di Palung
Pak Pos Terlambat | indonesian folk | Prangko
regret: Surat Itu Tak Pernah Kubuka / longing: Kabari Aku Jika Kau Sampai / gratitude: Kartu Lebaran dari Musuh Lama
Bidara & Angin | indonesian folk, indonesian pop | Halaman Rumah
love: Kau Pohon, Aku Burung Pulang / calm: Menyapu Daun di Sore Hari / hope: Anak Kita Kelak Bernyanyi
Kereta Malam Ke Utara | indonesian indie, indonesian rock | Gerbong Ekonomi
longing: Jendela, Hujan, Wajahmu / fear: Berangkat Tanpa Pamit / hope: Kota Baru, Nama Lama
)music";

} // namespace personalify::simulator::data
