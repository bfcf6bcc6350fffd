using System.Text;

namespace Fleet.Metadata.Clients.Git;

/// <summary>Reads the text of one configuration file by git's rules. What git would refuse ends the reading.</summary>
internal sealed class GitConfigParser(string text)
{
    private readonly string _text = text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text;
    private int _at;

    public static IReadOnlyList<GitConfigEntry> Parse(string text) => new GitConfigParser(text).Read();

    private List<GitConfigEntry> Read()
    {
        List<GitConfigEntry> entries = [];
        string section = "";
        string subsection = "";
        while (true)
        {
            SkipBlank();
            if (_at >= _text.Length)
            {
                return entries;
            }

            if (_text[_at] is '#' or ';')
            {
                SkipLine();
            }
            else if (_text[_at] == '[')
            {
                if (!ReadHeader(out section, out subsection))
                {
                    return entries;
                }
            }
            else if (char.IsAsciiLetter(_text[_at]))
            {
                string key = ReadKey();
                entries.Add(new GitConfigEntry(section, subsection, key, ReadValue()));
            }
            else
            {
                return entries;
            }
        }
    }

    private bool ReadHeader(out string section, out string subsection)
    {
        int start = ++_at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '.'))
        {
            _at++;
        }

        section = _text[start.._at].ToLowerInvariant();
        subsection = "";
        int dot = section.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            (section, subsection) = (section[..dot], section[(dot + 1)..]);
        }

        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '"')
        {
            _at++;
            subsection = ReadSubsection();
        }

        return _at < _text.Length && _text[_at++] == ']';
    }

    private string ReadSubsection()
    {
        StringBuilder name = new();
        while (_at < _text.Length && _text[_at] is not '"' and not '\n')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }

            name.Append(_text[_at++]);
        }

        _at += _at < _text.Length && _text[_at] == '"' ? 1 : 0;
        return name.ToString();
    }

    private string ReadKey()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '-'))
        {
            _at++;
        }

        return _text[start.._at].ToLowerInvariant();
    }

    private string ReadValue()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at >= _text.Length || _text[_at] != '=')
        {
            SkipLine();
            return "true";
        }

        _at++;
        StringBuilder value = new();
        bool quoted = false;
        int solid = 0;
        for (; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            char letter = _text[_at];
            if (letter == '"')
            {
                quoted = !quoted;
                solid = value.Length;
            }
            else if (letter is '#' or ';' && !quoted)
            {
                SkipLine();
                break;
            }
            else if (letter == '\\' && _at + 1 < _text.Length)
            {
                AppendEscaped(value);
                solid = value.Length;
            }
            else if (quoted || !char.IsWhiteSpace(letter))
            {
                value.Append(letter);
                solid = value.Length;
            }
            else if (value.Length > 0)
            {
                value.Append(letter);
            }
        }

        // Blanks at the end count only inside quotes.
        return value.ToString(0, solid);
    }

    private void AppendEscaped(StringBuilder value)
    {
        char letter = _text[++_at];
        if (letter == '\r' && _at + 1 < _text.Length && _text[_at + 1] == '\n')
        {
            letter = _text[++_at];
        }

        switch (letter)
        {
            case '\n':
                break;
            case 'n':
                value.Append('\n');
                break;
            case 't':
                value.Append('\t');
                break;
            case 'b':
                value.Append('\b');
                break;
            default:
                value.Append(letter);
                break;
        }
    }

    private void SkipBlank()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private void SkipLine()
    {
        while (_at < _text.Length && _text[_at] != '\n')
        {
            _at++;
        }
    }
}
