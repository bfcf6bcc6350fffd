using System.Globalization;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>Order of ToolHive versions: semantic, a leading <c>v</c> ignored, pre-releases below their release, builds without a number last.</summary>
internal sealed class ServerVersion : IComparer<string?>
{
    public static ServerVersion Comparer { get; } = new();

    public int Compare(string? x, string? y)
    {
        ((int, int, int) xNumber, string xPre) = Parse(x);
        ((int, int, int) yNumber, string yPre) = Parse(y);
        int order = xNumber.CompareTo(yNumber);
        return order != 0 ? order
            : xPre == yPre ? 0
            : xPre.Length == 0 ? 1
            : yPre.Length == 0 ? -1
            : ComparePreRelease(xPre, yPre);
    }

    private static ((int Major, int Minor, int Patch) Number, string Pre) Parse(string? version)
    {
        string text = (version ?? "").Trim().TrimStart('v', 'V').Split('+')[0];
        string[] halves = text.Split('-', 2);
        string[] numbers = halves[0].Split('.');
        return numbers.Length is >= 1 and <= 3 && numbers.All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? ((At(0), At(1), At(2)), halves.Length > 1 ? halves[1] : "")
            : ((0, 0, 0), "dev");

        int At(int index) => index < numbers.Length ? int.Parse(numbers[index], CultureInfo.InvariantCulture) : 0;
    }

    private static int ComparePreRelease(string x, string y)
    {
        string[] xs = x.Split('.');
        string[] ys = y.Split('.');
        for (int i = 0; i < Math.Min(xs.Length, ys.Length); i++)
        {
            bool xIsNumber = int.TryParse(xs[i], NumberStyles.None, CultureInfo.InvariantCulture, out int xNumber);
            bool yIsNumber = int.TryParse(ys[i], NumberStyles.None, CultureInfo.InvariantCulture, out int yNumber);
            int order = xIsNumber && yIsNumber ? xNumber.CompareTo(yNumber)
                : xIsNumber != yIsNumber ? (xIsNumber ? -1 : 1)
                : string.CompareOrdinal(xs[i], ys[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return xs.Length.CompareTo(ys.Length);
    }
}
