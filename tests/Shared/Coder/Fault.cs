using System.Text.RegularExpressions;

namespace Shared.Coder;

/// <summary>What goes wrong instead of the proper answer.</summary>
public sealed class Fault
{
    private int _left = 1;

    /// <summary>Method that it applies to; null is any.</summary>
    public string? Method { get; init; }

    /// <summary>Regular expression that the path must match.</summary>
    public required string Path { get; init; }

    /// <summary>How many calls it spoils.</summary>
    public int Times
    {
        get => _left;
        init => _left = value;
    }

    public int Status { get; init; } = 500;

    public string Body { get; init; } = """{"message":"Internal error.","detail":"made by a test"}""";

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Breaks the connection off instead of answering.</summary>
    public bool Drop { get; init; }

    /// <summary>Never answers.</summary>
    public bool Hang { get; init; }

    /// <summary>Runs before the answer, for example to let somebody else act in between.</summary>
    public Action? Before { get; init; }

    /// <summary>Whether the call goes on to the proper answer after <see cref="Before"/>.</summary>
    public bool PassOn { get; init; }

    public bool TryTake(string method, string path) =>
        (Method is null || Method == method) && Regex.IsMatch(path, Path) && Interlocked.Decrement(ref _left) >= 0;
}
