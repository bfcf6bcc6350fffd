using System.Text;
using McpOptimizer.Core.Models;

namespace Benchmarks.Search;

/// <summary>
/// Servers and tools in the style of real ones, the same on every run: a hundred tools per server, names of verb and object, descriptions of one to
/// three sentences, schemas of two to six parameters, and a long tail of words that few tools share. Vectors lie in clusters, as real ones do.
/// </summary>
internal sealed class SyntheticCatalogue(int dimension)
{
    private const int ToolsPerServer = 100;
    private const int CharactersPerToken = 4;
    private const float ClusterSpread = 0.75f;

    private static readonly string[] Verbs = Words("create get list update delete search find export import sync validate archive restore rotate assign merge "
        + "approve cancel schedule publish download upload convert compare analyze summarize monitor enable disable invite share rename copy move attach verify resolve close open");

    private static readonly string[] Objects = Words("issue ticket invoice customer order payment refund subscription report dashboard alert incident deployment release branch "
        + "commit pipeline build artifact image container cluster node volume snapshot bucket object table row column query index schema document page comment thread message "
        + "channel contact lead campaign email template calendar event meeting task project sprint board label milestone user team role permission policy secret token key "
        + "certificate domain record zone route gateway function queue topic stream metric log trace session device sensor location map shipment product price discount cart");

    private static readonly string[] Sentences =
    [
        "Supports filtering by {0} and {1}.", "Returns the {0} together with its {1}.", "Use this when the {0} of a {1} is known.", "Requires permission on the {0}.",
        "Results are paged and sorted by {0}.", "The {0} stays unchanged unless a {1} is given.", "Fails when the {0} does not exist.",
    ];

    /// <summary>Some queries: half near the wording of tools, half loose.</summary>
    public static IReadOnlyList<string> Queries(int count)
    {
        Random random = new(7);
        List<string> queries = new(count);
        for (int i = 0; i < count; i++)
        {
            string verb = Pick(Verbs, random);
            string thing = Pick(Objects, random);
            string other = Pick(Objects, random);
            queries.Add((i % 4) switch
            {
                0 => $"{verb} a {thing} for one {other}",
                1 => $"I need to know which {thing}s belong to the {other} and then {Pick(Verbs, random)} them",
                2 => $"{verb} {thing} {Invented(random.Next(40_000))}",
                _ => $"please help me {verb} the {other} of our {Pick(Objects, random)} in \"{Invented(random.Next(40_000))}\" before Friday",
            });
        }

        return queries;
    }

    /// <summary>Servers with so many tools in all.</summary>
    public IEnumerable<ServerDocument> Servers(int tools)
    {
        for (int server = 0; server * ToolsPerServer < tools; server++)
        {
            yield return Server(server, Math.Min(ToolsPerServer, tools - (server * ToolsPerServer)));
        }
    }

    /// <summary>One server.</summary>
    public ServerDocument Server(int number, int tools = ToolsPerServer, string? name = null)
    {
        Random random = new(number);
        string vendor = Invented(number % 5_000);
        return new ServerDocument
        {
            Id = $"server-{number}",
            Name = name ?? $"{vendor}-{number}",
            ContextName = name ?? $"{vendor}-{number}",
            Description = $"Tools for {vendor}: {Pick(Objects, random)}s, {Pick(Objects, random)}s and {Pick(Objects, random)}s.",
            Group = $"group-{number % 4}",
            Status = ServerStatus.Running,
            Tools = [.. Enumerable.Range(0, tools).Select(tool => Tool(number, tool, vendor, random))],
        };
    }

    /// <summary>The vector of a text: near the centre that its words choose.</summary>
    public float[] Vector(string text)
    {
        int hash = StableHash(text);
        Random centre = new(hash % 2_000);
        Random own = new(hash);
        float[] vector = new float[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++)
        {
            vector[i] = (float)((centre.NextDouble() - 0.5) + (ClusterSpread * (own.NextDouble() - 0.5)));
            squares += vector[i] * vector[i];
        }

        float length = (float)Math.Sqrt(squares);
        for (int i = 0; i < dimension; i++)
        {
            vector[i] /= length;
        }

        return vector;
    }

    private ToolDocument Tool(int server, int number, string vendor, Random random)
    {
        string verb = Pick(Verbs, random);
        string thing = Pick(Objects, random);
        string other = Pick(Objects, random);
        string name = $"{verb}_{thing}_{other}_{number}";
        StringBuilder description = new($"{char.ToUpperInvariant(verb[0])}{verb[1..]} the {thing} of a {other} in {vendor} {Invented(random.Next(40_000))}.");
        for (int i = random.Next(3); i > 0; i--)
        {
            description.Append(' ').AppendFormat(null, Pick(Sentences, random), Pick(Objects, random), Pick(Objects, random));
        }

        StringBuilder properties = new();
        for (int i = 2 + random.Next(5); i > 0; i--)
        {
            string parameter = Pick(Objects, random);
            properties.Append(properties.Length > 0 ? "," : "")
                .Append(null, $"\"{parameter}_id_{i}\":{{\"type\":\"string\",\"description\":\"Identifier of the {parameter} to {verb}\"}}");
        }

        string json = $"{{\"name\":\"{name}\",\"description\":\"{description}\",\"inputSchema\":{{\"type\":\"object\",\"properties\":{{{properties}}}}}}}";
        return new ToolDocument
        {
            Id = $"server-{server}/{number}",
            Name = name,
            Description = description.ToString(),
            DefinitionJson = Encoding.UTF8.GetBytes(json),
            Embedding = dimension == 0 ? default(ReadOnlyMemory<float>) : Vector($"{verb} {thing} {other} {number} {server}"),
            TokenCount = json.Length / CharactersPerToken,
        };
    }

    private static string Invented(int number)
    {
        const string consonants = "bcdfghjklmnpqrstvwxz";
        const string vowels = "aeiou";
        StringBuilder word = new();
        for (int rest = number + 100; rest > 0; rest /= 100)
        {
            word.Append(consonants[rest % 20]).Append(vowels[rest / 20 % 5]);
        }

        return word.Append(consonants[number % 20]).ToString();
    }

    private static int StableHash(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char character in text)
        {
            hash = (hash ^ character) * 16_777_619;
        }

        return (int)(hash & int.MaxValue);
    }

    private static string Pick(string[] words, Random random) => words[random.Next(words.Length)];

    private static string[] Words(string text) => text.Split(' ');
}
