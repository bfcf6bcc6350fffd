using System.Globalization;

namespace Evaluation;

/// <summary>What the command line asks for.</summary>
public sealed class EvaluationOptions
{
    /// <summary>Shown for <c>--help</c> and after a fault.</summary>
    public const string Usage = """
        usage: dotnet run -c Release --project tests/Evaluation -- --set DIR [--set DIR ...] [options]
          --set DIR              a folder with tools.jsonl and queries.jsonl; repeatable
          --embedding KIND       builtin, none, or a generator beside the built-in one: minilm or http; default builtin
          --table FILE           another table for the built-in encoder, as eng/EncoderTraining makes them
          --share X              with minilm or http: share of the built-in vector
          --semantic X           with minilm or http: weight of meaning
          --endpoint URL         with http: address of a TEI or OpenAI-compatible service
          --model NAME           with http: the model's name; makes it OpenAI-compatible
          --distractors DIR      add the tools of this set to every set, as other servers; repeatable
          --weights NAME=VALUE   set a number of SearchSettings; repeatable, also NAME=V1,NAME=V2
          --ablate               one line per part of the ranking: what recall@5 is without it
          --sweep NAME=V1,V2     one line per value
          --encoders             one line each for words only, the built-in encoder, and MiniLM beside it
          --misses N             list the queries whose tools are not among the first N
          --doubts               how well the confidence tells needs that a tool serves from hopeless ones
          --fit                  fit the constants of confidence to the generator, on all sets
          --history              what recall is after others used the tools: half of the requests as history, the rest as test;
                                 with --distractors among other tools, with --recent by one caller, with --equivalents
          --history-speed N      how long a search takes without history and with N past requests
          --history-size N       with --history: most past requests; default 5000
          --history-callers N    with --history: how many callers made them; default 20
          --hostile SHARE        with --history: also with so much hostile history; 0 to 0.9
          --learning NAME=VALUE  with --history: set a number of LearningSettings; repeatable, also NAME=V1,NAME=V2
          --recent               each query is asked by one caller after the other, whose last calls tell his servers
          --equivalents FILE     also print recall where tools that do the same count as found: lines of ID, tab, ID, tab, reason
          --json                 print JSON
        """;

    public List<string> Sets { get; } = [];

    public List<string> Distractors { get; } = [];

    public List<KeyValuePair<string, double>> Weights { get; } = [];

    public string Embedding { get; private set; } = "builtin";

    public string? Table { get; private set; }

    public string? Endpoint { get; private set; }

    public string? Model { get; private set; }

    public bool Ablate { get; private set; }

    public string? SweepName { get; private set; }

    public List<double> SweepValues { get; } = [];

    public int Misses { get; private set; }

    public bool Doubts { get; private set; }

    public bool Fit { get; private set; }

    public bool Encoders { get; private set; }

    public double? Share { get; private set; }

    public double? Semantic { get; private set; }

    public bool History { get; private set; }

    public bool Recent { get; private set; }

    public int HistorySpeed { get; private set; }

    public string? Equivalents { get; private set; }

    public int HistorySize { get; private set; } = 5_000;

    public int HistoryCallers { get; private set; } = 20;

    public double Hostile { get; private set; }

    public List<KeyValuePair<string, double>> Learning { get; } = [];

    public bool Json { get; private set; }

    public bool Help { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An argument is not known, or not legal; the message says which.</exception>
    public static EvaluationOptions Parse(IReadOnlyList<string> arguments)
    {
        EvaluationOptions options = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} needs a value.");
            switch (name)
            {
                case "--set":
                    options.Sets.Add(Value());
                    break;
                case "--distractors":
                    options.Distractors.Add(Value());
                    break;
                case "--embedding":
                    options.Embedding = Value() is "builtin" or "none" or "minilm" or "http"
                        ? arguments[i]
                        : throw new FormatException($"--embedding {arguments[i]}: builtin, none, minilm or http.");
                    break;
                case "--table":
                    options.Table = Value();
                    break;
                case "--share":
                    options.Share = double.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--semantic":
                    options.Semantic = double.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--encoders":
                    options.Encoders = true;
                    break;
                case "--fit":
                    options.Fit = true;
                    break;
                case "--endpoint":
                    options.Endpoint = Value();
                    break;
                case "--model":
                    options.Model = Value();
                    break;
                case "--weights":
                    options.Weights.AddRange(Value().Split(',').Select(ParseWeight));
                    break;
                case "--sweep":
                    options.ParseSweep(Value());
                    break;
                case "--misses":
                    options.Misses = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--ablate":
                    options.Ablate = true;
                    break;
                case "--doubts":
                    options.Doubts = true;
                    break;
                case "--history-speed":
                    options.HistorySpeed = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--recent":
                    options.Recent = true;
                    break;
                case "--equivalents":
                    options.Equivalents = Value();
                    break;
                case "--history":
                    options.History = true;
                    break;
                case "--history-size":
                    options.HistorySize = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--history-callers":
                    options.HistoryCallers = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--hostile":
                    options.Hostile = double.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--learning":
                    options.Learning.AddRange(Value().Split(',').Select(ParseWeight));
                    break;
                case "--json":
                    options.Json = true;
                    break;
                case "--help" or "-h":
                    options.Help = true;
                    break;
                default:
                    throw new FormatException($"{name} is not an option.");
            }
        }

        if (options.Sets.Count == 0 && !options.Help)
        {
            throw new FormatException("--set is missing.");
        }

        if (options.Embedding == "http" && options.Endpoint is null)
        {
            throw new FormatException("--embedding http needs --endpoint URL.");
        }

        return options;
    }

    private static KeyValuePair<string, double> ParseWeight(string text)
    {
        string[] sides = text.Split('=');
        return sides.Length == 2 && double.TryParse(sides[1], CultureInfo.InvariantCulture, out double value)
            ? new KeyValuePair<string, double>(sides[0].Trim(), value)
            : throw new FormatException($"'{text}' is not NAME=NUMBER.");
    }

    private void ParseSweep(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new FormatException($"--sweep {text}: not NAME=V1,V2.");
        }

        SweepName = text[..equals];
        SweepValues.AddRange(text[(equals + 1)..].Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)));
    }
}
