using System.Globalization;
using System.Text;
using Fleet.Metadata.Clients.Processes;

namespace Fleet.Metadata.Clients.Git;

/// <summary>Understands <c>git status --porcelain=v2 --branch -z</c> while it is written, however long it is.</summary>
internal sealed class GitStatusOutput : IOutputSink
{
    private const int MaxRecordBytes = 8192;
    private const int MaxPaths = 200;
    private const int FieldsBeforePath = 8;

    private readonly List<string> _contentPaths = [];
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

    /// <summary>Whether something other than the content of a file differs from the index, which no filter can feign.</summary>
    public bool HasOtherUnstaged { get; private set; }

    /// <summary>The first paths whose content differs from the index.</summary>
    public IReadOnlyList<string> ContentPaths => _contentPaths;

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
                TakeUnstaged(record);
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

    // 1 XY SUBMODULE MODE_OF_HEAD MODE_OF_INDEX MODE_OF_FILE HASH HASH PATH
    private void TakeUnstaged(ReadOnlySpan<byte> record)
    {
        if (record[3] == '.')
        {
            return;
        }

        HasUnstaged = true;
        if (HasOtherUnstaged || _contentPaths.Count == MaxPaths)
        {
            return;
        }

        string[] fields = Encoding.UTF8.GetString(record).Split(' ', FieldsBeforePath + 1);
        if (fields is [_, [_, 'M'], "N...", _, { } before, { } now, _, _, { } path] && before == now)
        {
            _contentPaths.Add(path);
        }
        else
        {
            HasOtherUnstaged = true;
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
