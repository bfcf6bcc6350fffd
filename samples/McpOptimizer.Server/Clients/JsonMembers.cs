using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Clients;

/// <summary>Edits one member of a JSON text that people keep by hand: comments, order and spacing of everything else stay as they are.</summary>
internal sealed class JsonMembers
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly byte[] _text;
    private readonly string _lineEnd;

    public JsonMembers(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        _lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    /// <summary>The text with the member set, as the first of its object; objects on the way to it are made where they are missing.</summary>
    public string Set(IReadOnlyList<string> place, string name, JsonNode value)
    {
        (Span found, int depth) = FindObject(place);
        if (depth == place.Count && Members(found).FirstOrDefault(member => member.Name == name) is { Name: not null } existing)
        {
            return Replace(existing.ValueStart, existing.ValueEnd, Format(value, IndentOf(existing.NameStart)));
        }

        foreach (string missing in place.Skip(depth).Reverse())
        {
            value = new JsonObject { [name] = value.DeepClone() };
            name = missing;
        }

        Member[] members = Members(found);
        string outer = IndentOf(found.Start);
        string indent = members.Length > 0 && IsFirstOnItsLine(members[0].NameStart) ? IndentOf(members[0].NameStart) : outer + Unit(outer);
        string member = $"{_lineEnd}{indent}{JsonSerializer.Serialize(name, ClientJson.Default.String)}: {Format(value, indent)}";
        bool alone = members.Length == 0;
        bool closed = alone && !HasLineEnd(found.Start + 1, found.End - 1);
        return Replace(found.Start + 1, found.Start + 1, member + (alone ? closed ? _lineEnd + outer : "" : ","));
    }

    /// <summary>The text without the member; unchanged when it is not there.</summary>
    public string Remove(IReadOnlyList<string> place, string name)
    {
        (Span found, int depth) = FindObject(place);
        if (depth < place.Count || Members(found).FirstOrDefault(member => member.Name == name) is not { Name: not null } member)
        {
            return Encoding.UTF8.GetString(_text);
        }

        int end = member.ValueEnd;
        int comma = SkipBlank(end);
        int start = member.NameStart;
        while (start > 0 && _text[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }

        start -= start > 0 && _text[start - 1] == '\n' ? 1 : 0;
        start -= start > 0 && _text[start - 1] == '\r' ? 1 : 0;
        if (_text[comma] == ',')
        {
            return Replace(start, comma + 1, "");
        }

        // The last one: the comma before it goes, if there is one.
        int before = start - 1;
        while (before > found.Start && _text[before] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            before--;
        }

        return _text[before] == ',' ? Replace(before, before + 1, "", start, end) : Replace(start, end, "");
    }

    private static string Format(JsonNode value, string indent)
    {
        bool tabs = indent.StartsWith('\t');
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions
        {
            Indented = true,
            IndentCharacter = tabs ? '\t' : ' ',
            IndentSize = tabs ? 1 : 2,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\n", "\n" + indent, StringComparison.Ordinal);
    }

    private static string Unit(string outer) => outer.StartsWith('\t') ? "\t" : "  ";

    private string Replace(int start, int end, string by, int start2 = 0, int end2 = 0)
    {
        string first = Encoding.UTF8.GetString(_text.AsSpan(0, start)) + (_lineEnd == "\n" ? by : by.ReplaceLineEndings(_lineEnd));
        return start2 < end
            ? first + Encoding.UTF8.GetString(_text.AsSpan(end))
            : first + Encoding.UTF8.GetString(_text.AsSpan(end, start2 - end)) + Encoding.UTF8.GetString(_text.AsSpan(end2));
    }

    // The deepest object on the way to the place, and how many names of the place lead to it.
    private (Span Found, int Depth) FindObject(IReadOnlyList<string> place)
    {
        Utf8JsonReader reader = new(_text, Lenient);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The file does not hold an object.");
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        Span found = new(start, (int)reader.BytesConsumed);
        for (int depth = 0; depth < place.Count; depth++)
        {
            Member next = Members(found).FirstOrDefault(member => member.Name == place[depth]);
            if (next.Name is null)
            {
                return (found, depth);
            }

            if (_text[next.ValueStart] != '{')
            {
                throw new JsonException($"\"{place[depth]}\" is not an object.");
            }

            found = new Span(next.ValueStart, next.ValueEnd);
        }

        return (found, place.Count);
    }

    private Member[] Members(Span whole)
    {
        Utf8JsonReader reader = new(_text.AsSpan(whole.Start, whole.End - whole.Start), Lenient);
        reader.Read();
        List<Member> members = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int nameStart = whole.Start + (int)reader.TokenStartIndex;
            reader.Read();
            int valueStart = whole.Start + (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(new Member(name, nameStart, valueStart, whole.Start + (int)reader.BytesConsumed));
        }

        return [.. members];
    }

    private bool HasLineEnd(int start, int end) => _text.AsSpan(start, end - start).Contains((byte)'\n');

    private bool IsFirstOnItsLine(int at)
    {
        int line = LineStart(at);
        return _text.AsSpan(line, at - line).IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
    }

    private string IndentOf(int at)
    {
        int line = LineStart(at);
        int end = line;
        while (end < at && _text[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        return Encoding.UTF8.GetString(_text.AsSpan(line, end - line));
    }

    private int LineStart(int at) => _text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;

    // Past white space and comments.
    private int SkipBlank(int at)
    {
        while (at < _text.Length)
        {
            ReadOnlySpan<byte> rest = _text.AsSpan(at);
            if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            else if (rest.StartsWith("//"u8))
            {
                int end = rest.IndexOf((byte)'\n');
                at = end < 0 ? _text.Length : at + end + 1;
            }
            else if (rest.StartsWith("/*"u8))
            {
                at += rest.IndexOf("*/"u8) + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private readonly record struct Span(int Start, int End);

    private readonly record struct Member(string Name, int NameStart, int ValueStart, int ValueEnd);
}
