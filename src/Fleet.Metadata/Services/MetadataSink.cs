using Fleet.Metadata.Models;

namespace Fleet.Metadata.Services;

/// <summary>Takes the entries of one collector until its time is over. Safe for several threads; the last value of a key counts.</summary>
public sealed class MetadataSink
{
    private readonly Dictionary<string, MetadataEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];
    private readonly Lock _gate = new();
    private bool _closed;

    /// <summary>Puts an entry. After the deadline it has no effect.</summary>
    /// <param name="key">Name of the entry, at most 256 characters.</param>
    /// <param name="entry">Value and schema.</param>
    public void Set(string key, MetadataEntry entry)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            if (!_closed)
            {
                _entries[key] = entry;
            }
        }
    }

    /// <summary>Takes an entry back.</summary>
    public void Remove(string key)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>Puts a text; null or empty puts nothing.</summary>
    public void SetText(string key, string? value, string description, bool includeInList = false)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Set(key, Entry(new MetadataValue(value), MetadataType.Text, description, includeInList));
        }
    }

    /// <summary>Puts a number; null puts nothing.</summary>
    public void SetNumber(string key, double? value, string description, bool includeInList = false)
    {
        if (value is { } number)
        {
            Set(key, Entry(new MetadataValue(number), MetadataType.Number, description, includeInList));
        }
    }

    /// <summary>Puts a truth value.</summary>
    public void SetFlag(string key, bool value, string description, bool includeInList = false) =>
        Set(key, Entry(new MetadataValue(value), MetadataType.Flag, description, includeInList));

    /// <summary>Puts one word of a list.</summary>
    /// <exception cref="ArgumentException">The word is not in the list.</exception>
    public void SetChoice(string key, string value, IReadOnlyList<string> values, string description, bool includeInList = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!values.Contains(value))
        {
            throw new ArgumentException($"'{value}' is not one of {string.Join(", ", values)}.", nameof(value));
        }

        Set(key, Entry(new MetadataValue(value), MetadataType.Choice, description, includeInList, values));
    }

    /// <summary>Says why something is missing; goes to the log, not to the reader.</summary>
    public void AddFault(string reason)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _faults.Add(reason);
            }
        }
    }

    /// <summary>Ends the taking: later calls have no effect.</summary>
    internal (IReadOnlyDictionary<string, MetadataEntry> Entries, IReadOnlyList<string> Faults) Close()
    {
        lock (_gate)
        {
            _closed = true;
            return (_entries, _faults);
        }
    }

    private static MetadataEntry Entry(MetadataValue value, MetadataType type, string description, bool includeInList, IReadOnlyList<string>? values = null) =>
        new() { Value = value, Schema = new MetadataSchema { Type = type, Description = description, IncludeInList = includeInList, Values = values } };
}
