using System.Globalization;
using System.Text.Json.Serialization;
using Fleet.Metadata.Json;

namespace Fleet.Metadata.Models;

/// <summary>A text, a number or a truth value; never null.</summary>
[JsonConverter(typeof(MetadataValueJsonConverter))]
public readonly record struct MetadataValue
{
    private readonly object? _value;

    /// <summary>A text.</summary>
    public MetadataValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _value = text;
    }

    /// <summary>A number; must be finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is infinite or not a number, which JSON cannot say.</exception>
    public MetadataValue(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "A metadata number must be finite.");
        }

        _value = number;
    }

    /// <summary>A truth value.</summary>
    public MetadataValue(bool flag) => _value = flag;

    /// <summary>The text; null when the value is not a text.</summary>
    public string? Text => _value is null ? "" : _value as string;

    /// <summary>The number; null when the value is not a number.</summary>
    public double? Number => _value as double?;

    /// <summary>The truth value; null when the value is not one.</summary>
    public bool? Flag => _value as bool?;

    /// <summary>The value as a reader would write it.</summary>
    public override string ToString() => Text ?? Number?.ToString("R", CultureInfo.InvariantCulture) ?? (Flag == true ? "true" : "false");
}
