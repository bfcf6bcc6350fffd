namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>
/// Cuts English words to a common stem, after the rules of the Snowball project's second Porter algorithm, with the irregular
/// forms and noun endings that matter between a person's words and tool names. Other scripts pass unchanged.
/// </summary>
internal static class Stemmer
{
    private const string Vowels = "aeiouy";
    private const string ValidBeforeLi = "cdeghkmnrt";

    // Suffix, replacement: applied when the suffix lies in region 1.
    private static readonly (string Suffix, string By)[] Step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"),
        ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"),
    ];

    private static readonly (string Suffix, string By)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    private static readonly Dictionary<string, string> Irregular = Pairs(
        "deployment deploy,redeployment redeploy,payment pay,payments pay,shipment ship,shipments ship,people person,children child,men man,"
        + "women woman,ran run,sent send,bought buy,wrote write,written write,found find,made make,got get,gotten get,took take,taken take,"
        + "paid pay,built build,sold sell,told tell,gave give,given give,went go,gone go,knew know,known know,saw see,seen see,spoke speak,"
        + "spoken speak,drew draw,drawn draw,chose choose,chosen choose,began begin,begun begin,broke break,broken break,spent spend,lost lose,"
        + "kept keep,held hold,met meet,brought bring,taught teach,thought think,caught catch,hidden hide,hid hide,stolen steal,forgot forget,"
        + "forgotten forget,sang sing,sung sing,ate eat,eaten eat,drove drive,driven drive,flew fly,flown fly,grew grow,grown grow,won win,"
        + "worn wear,threw throw,thrown throw,slept sleep,left leave,indices index,indexes index,indexing index,vertices vertex,matrices matrix,"
        + "analyses analysis,analyse analysis,analyze analysis,analyzes analysis,analyzing analysis,analysing analysis,analyzed analysis,"
        + "analysed analysis,analyzer analysis,analytics analysis,analytical analysis,creation create,creations create,creator create,"
        + "creators create,rotation rotate,rotations rotate,donation donate,donations donate,retrieval retrieve,removal remove,approval approve,"
        + "renewal renew,arrival arrive,proposal propose,reversal reverse,rental rent,description describe,descriptions describe,"
        + "subscription subscribe,subscriptions subscribe,transcription transcribe,transcript transcribe,transcripts transcribe,conversion convert,"
        + "conversions convert,inversion invert,decision decide,decisions decide,permission permit,permissions permit,submission submit,"
        + "submissions submit,resolution resolve,division divide,multiplication multiply,news news,status status,bus bus,gas gas,data data,"
        + "datum data,media media,authentication auth,authorization auth,authorisation auth,authenticate auth,authorize auth,login login,sale sell,"
        + "sales sell,flight fly,flights fly,analyst analysis,organisation organ,organization organ,organisations organ,organizations organ,"
        + "org organ,orgs organ");

    /// <summary>How many characters a stem may be longer than its word.</summary>
    public const int Room = 8;

    /// <summary>Replaces the word at the start of the buffer by its stem; the buffer has <see cref="Room"/> behind the word.</summary>
    /// <returns>The stem's length.</returns>
    public static int Stem(Span<char> buffer, int length)
    {
        Span<char> word = buffer[..length];
        if (word.Length <= 2 || word.IndexOfAnyExceptInRange('a', 'z') >= 0)
        {
            return word.Length;
        }

        if (Irregular.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out string? regular))
        {
            regular.CopyTo(buffer);
            return regular.Length <= 3 || word.SequenceEqual(regular) ? regular.Length : StemRegular(buffer[..regular.Length]);
        }

        return StemRegular(word);
    }

    private static int StemRegular(Span<char> word)
    {
        (int r1, int r2) = Regions(word);
        int length = PluralEnding(word);
        length = PastEnding(word, length, r1);
        if (length > 2 && word[length - 1] == 'y' && !IsVowel(word, length - 2))
        {
            word[length - 1] = 'i';
        }

        length = Derivations(word, length, r1, r2);
        length = ResidualEnding(word, length, r1, r2);
        return FinalLetter(word, length, r1, r2);
    }

    private static (int R1, int R2) Regions(ReadOnlySpan<char> word)
    {
        int r1 = word.StartsWith("gener") || word.StartsWith("arsen") ? 5 : word.StartsWith("commun") ? 6 : After(word, 0);
        return (r1, After(word, r1));
    }

    private static int After(ReadOnlySpan<char> word, int from)
    {
        for (int i = from + 1; i < word.Length; i++)
        {
            if (!IsVowel(word, i) && IsVowel(word, i - 1))
            {
                return i + 1;
            }
        }

        return word.Length;
    }

    private static int PluralEnding(Span<char> word)
    {
        int length = word.Length;
        if (word.EndsWith("sses"))
        {
            return length - 2;
        }

        if (word.EndsWith("ied") || word.EndsWith("ies"))
        {
            return length > 4 ? length - 2 : length - 1;
        }

        if (word[^1] != 's' || word.EndsWith("us") || word.EndsWith("ss") || word.EndsWith("is"))
        {
            return length;
        }

        return HasVowel(word, length - 2) ? length - 1 : length;
    }

    private static int PastEnding(Span<char> word, int length, int r1)
    {
        Span<char> now = word[..length];
        if (now.EndsWith("eedly") || now.EndsWith("eed"))
        {
            int cut = now.EndsWith("ly") ? 5 : 3;
            return length - cut >= r1 ? length - cut + 2 : length;
        }

        int suffix = now.EndsWith("ingly") ? 5 : now.EndsWith("edly") ? 4 : now.EndsWith("ing") ? 3 : now.EndsWith("ed") ? 2 : 0;
        if (suffix == 0 || !HasVowel(now, length - suffix))
        {
            return length;
        }

        length -= suffix;
        now = word[..length];
        if (now.EndsWith("at") || now.EndsWith("bl") || now.EndsWith("iz"))
        {
            word[length] = 'e';
            return length + 1;
        }

        if (length >= 2 && now[^1] == now[^2] && "bdfgmnprt".Contains(now[^1]))
        {
            return length - 1;
        }

        if (length <= r1 && EndsWithShortSyllable(now))
        {
            word[length] = 'e';
            return length + 1;
        }

        return length;
    }

    private static int Derivations(Span<char> word, int length, int r1, int r2)
    {
        length = ReplaceFirst(word, length, r1, Step2);
        Span<char> now = word[..length];
        if (now.EndsWith("ogi") && length - 3 >= r1 && length > 3 && now[^4] == 'l')
        {
            length--;
        }
        else if (now.EndsWith("li") && length - 2 >= r1 && length > 2 && ValidBeforeLi.Contains(now[^3]))
        {
            length -= 2;
        }

        length = ReplaceFirst(word, length, r1, Step3);
        return word[..length].EndsWith("ative") && length - 5 >= r2 ? length - 5 : length;
    }

    private static int ReplaceFirst(Span<char> word, int length, int region, (string Suffix, string By)[] rules)
    {
        Span<char> now = word[..length];
        foreach ((string suffix, string by) in rules)
        {
            if (now.EndsWith(suffix))
            {
                if (length - suffix.Length < region)
                {
                    return length;
                }

                by.CopyTo(word[(length - suffix.Length)..]);
                return length - suffix.Length + by.Length;
            }
        }

        return length;
    }

    private static int ResidualEnding(Span<char> word, int length, int r1, int r2)
    {
        Span<char> now = word[..length];
        foreach (string suffix in Step4)
        {
            if (now.EndsWith(suffix))
            {
                int left = length - suffix.Length;
                bool ionAfterSOrT = suffix != "ion" || (left > 0 && now[left - 1] is 's' or 't');
                return left >= r2 && ionAfterSOrT ? left : length;
            }
        }

        return length;
    }

    private static int FinalLetter(Span<char> word, int length, int r1, int r2)
    {
        if (length == 0)
        {
            return length;
        }

        int last = length - 1;
        if (word[last] == 'e' && (last >= r2 || (last >= r1 && !EndsWithShortSyllable(word[..last]))))
        {
            return last;
        }

        return word[last] == 'l' && last >= r2 && last > 0 && word[last - 1] == 'l' ? last : length;
    }

    private static bool EndsWithShortSyllable(ReadOnlySpan<char> word)
    {
        int last = word.Length - 1;
        if (last == 1)
        {
            return IsVowel(word, 0) && !IsVowel(word, 1);
        }

        return last >= 2 && !IsVowel(word, last) && word[last] is not ('w' or 'x' or 'y') && IsVowel(word, last - 1) && !IsVowel(word, last - 2);
    }

    // A y counts as a vowel unless it starts the word or follows a vowel.
    private static bool IsVowel(ReadOnlySpan<char> word, int i) =>
        word[i] == 'y' ? i > 0 && !IsVowel(word, i - 1) : Vowels.Contains(word[i]);

    private static bool HasVowel(ReadOnlySpan<char> word, int before)
    {
        for (int i = 0; i < before; i++)
        {
            if (IsVowel(word, i))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, string> Pairs(string text)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (string pair in text.Split(','))
        {
            int space = pair.IndexOf(' ');
            pairs[pair[..space]] = pair[(space + 1)..];
        }

        return pairs;
    }
}
