using System.Globalization;
using System.Text;
using Fleet.Metadata.Clients.Processes;

namespace Fleet.Metadata.Clients.Git;

/// <summary>Understands <c>git status --porcelain=v2 --branch -z</c> while it is written, however long it is.</summary>
internal sealed class GitStatusOutput : IOutputSink
{
    private const int MaxRecordBytes = 8192;

    private readonly byte[] _record = new byte[MaxRecordBytes];
    private int _length;
    private bool _skipNext;

    public string? Commit { get; private set; }

    public string? Branch { get; private set; }

    public string? Upstream { get; private set; }

    public int? Ahead { get; private set; }

    public int? Behind { get; private set; }

    public bool HasStaged { get; private set; }

    public bool HasUnstaged { get; private set; }

    public bool HasUntracked { get; private set; }

    public int Conflicts { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        for (int end; (end = bytes.IndexOf((byte)0)) >= 0; bytes = bytes[(end + 1)..])
        {
            Append(bytes[..end]);
            Take(_record.AsSpan(0, _length));
            _length = 0;
        }

        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(bytes.Length, MaxRecordBytes - _length);
        bytes[..length].CopyTo(_record.AsSpan(_length));
        _length += length;
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        if (_skipNext || record.Length < 2)
        {
            // The old name of a renamed path is a record of its own.
            _skipNext = false;
            return;
        }

        switch (record[0])
        {
            case (byte)'#':
                TakeHeader(Encoding.UTF8.GetString(record));
                break;
            case (byte)'1' or (byte)'2' when record.Length > 3:
                HasStaged |= record[2] != '.';
                HasUnstaged |= record[3] != '.';
                _skipNext = record[0] == '2';
                break;
            case (byte)'u':
                Conflicts++;
                break;
            case (byte)'?':
                HasUntracked = true;
                break;
        }
    }

    private void TakeHeader(string header)
    {
        if (header.Split(' ', 3) is not [_, string name, string value])
        {
            return;
        }

        switch (name)
        {
            case "branch.oid":
                Commit = value == "(initial)" ? null : value;
                break;
            case "branch.head":
                Branch = value == "(detached)" ? null : value;
                break;
            case "branch.upstream":
                Upstream = value;
                break;
            case "branch.ab" when value.Split(' ') is [string ahead, string behind]:
                Ahead = Count(ahead);
                Behind = Count(behind);
                break;
        }
    }

    private static int? Count(string text) =>
        int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;
}
