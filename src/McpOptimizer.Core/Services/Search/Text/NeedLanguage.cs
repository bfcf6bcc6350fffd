using System.Globalization;
using System.Text;

namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>Tells needs in English from those in another language, by script and by the words that hold sentences together.</summary>
internal static class NeedLanguage
{
    private const double ForeignShare = 0.3;
    private const int LongestRead = 2_000;

    // A sign of these stands for about as much as three letters.
    private const int LettersPerSign = 3;

    // Words that English does not have, and that the most used languages written in Latin letters can hardly do without.
    private static readonly HashSet<string> Foreign = new(
        (
        // German, Dutch, Swedish, Danish, Norwegian
        "der das und ist nicht ein eine einen einem einer eines mit für auf von zu zum zur ich mir mich wir uns wie alle allen oder wenn sich im dem den aus nach über bei bitte "
        + "welche welcher welches meine meinen meiner mein kann kannst möchte muss soll werden wird wurde datei dateien ordner suche suchen finde finden lesen lies schreiben "
        + "schreibe löschen lösche erstellen erstelle senden sende schicken schicke zeige zeigen öffnen ändern kopieren verschieben hochladen herunterladen wetter heute morgen "
        + "het een voor niet naar ik wat zoek zoeken bestand bestanden maak maken verwijder verwijderen mijn graag och att för inte skapa sök och jag eller hitta ikke filen opret slet "
        // French
        + "le la les des du et est une dans avec sur qui que quoi je moi mon ma mes nous vous leur aux ce cette ces pas plus toutes tous fichier fichiers dossier chercher cherche "
        + "trouver trouve lire lis écrire écris supprimer supprime créer crée envoyer envoie afficher affiche liste lister ouvrir météo aujourd demain comment quel quelle quels "
        // Spanish, Portuguese, Italian
        + "el los las unos unas de del y es en con por para una uno mi mis su sus al lo que como cómo cuál qué archivo archivos carpeta buscar busca encontrar encuentra leer lee "
        + "escribir escribe borrar borra eliminar elimina crear crea enviar envía mostrar muestra listar abrir correo mensaje hoy mañana tiempo "
        + "os as dos das da do um uma em com não meu minha seus arquivo arquivos pasta procurar encontrar ler escrever apagar excluir criar enviar mostrar mensagem amanhã "
        + "il gli uno della dello degli delle del che di nel nella sono cerca cercare trova trovare leggere leggi scrivere scrivi cancellare eliminare creare inviare mostra file "
        + "questo questa tutti domani oggi "
        // Polish, Czech, Turkish, Indonesian, Vietnamese, Finnish, Hungarian, Romanian
        + "jest nie dla się jak plik pliki znajdź usuń utwórz wyślij wszystkie który która soubor najdi vytvoř smazat bir ve için ile bu dosya dosyaları bul oku yaz sil oluştur gönder "
        + "yang dan untuk dengan dari ini itu berkas cari temukan baca tulis hapus buat kirim semua saya của và cho các một tìm đọc viết xóa tạo gửi tệp ja ei tiedosto etsi lue "
        + "kirjoita poista luo lähetä egy és az fájl keresd olvasd töröld și pentru cu fișier caută citește șterge creează trimite").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    // Written the same in English, where they mean something.
    private static readonly string[] Shared = ["den", "mine", "file", "do", "as", "os", "plus", "sur", "crea", "il", "al", "con", "liste", "das", "es", "ma", "mes", "com", "dos", "ve", "buat", "bul", "dan", "ja", "yaz", "cu", "mi", "su", "lo", "sus", "per", "az"];

    static NeedLanguage() => Foreign.ExceptWith(Shared);

    /// <summary>Whether a need is in English, or says too little to tell.</summary>
    public static bool IsEnglish(string need)
    {
        string text = need.Length <= LongestRead ? need : need[..LongestRead];
        int latin = 0;
        int other = 0;
        double foreign = 0;
        int english = 0;
        int words = 0;
        StringBuilder word = new();
        bool accented = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                EndWord();
                continue;
            }

            if (rune.Value < 0x250 || rune.Value is >= 0x1E00 and < 0x1F00 or >= 0x300 and < 0x370)
            {
                latin++;
                accented |= !rune.IsAscii;
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else
            {
                other += rune.Value is >= 0x2E80 and < 0xA4D0 or >= 0xAC00 and < 0xD7B0 or >= 0x20000 ? LettersPerSign : 1;
                EndWord();
            }
        }

        EndWord();
        return other <= ForeignShare * (latin + other) && (foreign <= english || foreign < ForeignShare * words);

        void EndWord()
        {
            if (word.Length > 0)
            {
                string read = word.ToString();
                words++;
                english += StopWords.IsSilent(read) && read is not ("t" or "s" or "m" or "d" or "a" or "me" or "am" or "in" or "on" or "no" or "so" or "an" or "was" or "will" or "do" or "as" or "per") ? 1 : 0;
                foreign += Foreign.Contains(read) ? 1 : accented ? 0.5 : 0;
                word.Clear();
            }

            accented = false;
        }
    }
}
