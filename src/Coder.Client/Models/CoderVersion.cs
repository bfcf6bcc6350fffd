using System.Globalization;

namespace Coder.Client.Models;

/// <summary>Version of a Coder server.</summary>
/// <param name="Major">Major number.</param>
/// <param name="Minor">Minor number.</param>
/// <param name="Patch">Patch number.</param>
public readonly record struct CoderVersion(int Major, int Minor, int Patch) : IComparable<CoderVersion>
{
    /// <summary>First version with task routes for sending input and reading logs; a task's id is its workspace's id.</summary>
    public static CoderVersion TaskRoutes { get; } = new(2, 27, 0);

    /// <summary>First version in which a task is a thing of its own with its own id.</summary>
    public static CoderVersion TaskRecords { get; } = new(2, 28, 0);

    /// <summary>Stands for a version that cannot be told: whatever the newest servers can do is tried, and what they lack is passed over.</summary>
    internal static CoderVersion Newest { get; } = new(int.MaxValue, 0, 0);

    /// <summary>Reads a text such as <c>v2.27.1+230b55b</c> or <c>2.28.0-devel</c>.</summary>
    public static bool TryParse(string? text, out CoderVersion version)
    {
        version = default;
        string[] parts = (text ?? "").TrimStart('v').Split('+', '-')[0].Split('.');
        if (parts.Length is < 2 or > 3)
        {
            return false;
        }

        int[] numbers = new int[3];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        version = new CoderVersion(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(CoderVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Whether the left version is older.</summary>
    public static bool operator <(CoderVersion left, CoderVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is newer.</summary>
    public static bool operator >(CoderVersion left, CoderVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is older or the same.</summary>
    public static bool operator <=(CoderVersion left, CoderVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is newer or the same.</summary>
    public static bool operator >=(CoderVersion left, CoderVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
}
