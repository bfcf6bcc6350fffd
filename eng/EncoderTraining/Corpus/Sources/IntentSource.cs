using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace EncoderTraining.Corpus.Sources;

/// <summary>Everyday requests with the intent they carry, from assistants' data sets.</summary>
internal sealed partial class IntentSource : IPairSource
{
    public string Name => "intents";

    public double Weight => 4;

    public IEnumerable<TrainingPair> Read(string root) =>
        IntentPairs.Of("clinc", Clinc(root), _ => "all")
            .Concat(IntentPairs.Of("banking", Banking(root), _ => "all", 120))
            .Concat(IntentPairs.Of("hwu", Hwu(root), intent => intent.Split('_')[0], 250))
            .Concat(IntentPairs.Of("slurp", Slurp(root), intent => intent.Split('_')[0], 60))
            .Concat(IntentPairs.Of("snips", Snips(root), _ => "all", 250))
            .Concat(IntentPairs.Of("lu", Lu(root), intent => intent.Split('/')[0]))
            .Concat(IntentPairs.Of("home", Home(root), _ => "all", 120));

    private static IEnumerable<(string, string)> Clinc(string root)
    {
        foreach (string file in SourceFiles.Below(root, "clinc+oos-eval", "data_full.json"))
        {
            using JsonDocument? document = SourceFiles.Json(file);
            foreach (string part in (string[])["train", "val", "test"])
            {
                foreach (JsonElement row in document!.RootElement.Items(part))
                {
                    yield return (row[1].GetString()!, row[0].GetString()!);
                }
            }
        }
    }

    private static IEnumerable<(string, string)> Banking(string root) =>
        SourceFiles.Below(root, "PolyAI-LDN+task-specific-datasets/banking_data", "*.csv").SelectMany(File.ReadLines)
            .Select(line => (line, comma: line.LastIndexOf(',')))
            .Where(row => row.comma > 0 && row.line != "text,category")
            .Select(row => (row.line[(row.comma + 1)..], row.line[..row.comma].Trim('"')));

    private static IEnumerable<(string, string)> Hwu(string root)
    {
        foreach (string line in SourceFiles.Below(root, "xliuhw+NLU-Evaluation-Data", "*.csv").SelectMany(file => File.ReadLines(file).Skip(1)))
        {
            string[] cells = line.Split(';');
            if (cells.Length >= 6)
            {
                yield return ($"{cells[1].Trim('"')}_{cells[2].Trim('"')}", cells[4].Trim('"'));
            }
        }
    }

    private static IEnumerable<(string, string)> Slurp(string root)
    {
        foreach (string line in SourceFiles.Below(root, "pswietojanski+slurp", "devel.jsonl").SelectMany(File.ReadLines))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            yield return (row.RootElement.Text("intent")!, row.RootElement.Text("sentence")!);
        }
    }

    private static IEnumerable<(string, string)> Snips(string root)
    {
        foreach (string file in SourceFiles.Below(root, "snipsco+nlu-benchmark", "train_*_full.json"))
        {
            using JsonDocument? document = SourceFiles.Json(file);
            if (document is null)
            {
                continue;
            }

            foreach (JsonProperty intent in document.RootElement.EnumerateObject())
            {
                foreach (JsonElement row in intent.Value.EnumerateArray())
                {
                    yield return (intent.Name, string.Concat(row.Items("data").Select(piece => piece.Text("text"))));
                }
            }
        }
    }

    private static IEnumerable<(string, string)> Lu(string root)
    {
        foreach (string file in SourceFiles.Below(root, "microsoft+botframework-solutions", "*.lu").Where(file => file.Contains("en-us", StringComparison.Ordinal)))
        {
            string domain = Path.GetFileNameWithoutExtension(file);
            string intent = "";
            foreach (string line in File.ReadLines(file))
            {
                if (line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal))
                {
                    intent = line.TrimStart('#', ' ');
                }
                else if (line.StartsWith("- ", StringComparison.Ordinal) && intent.Length > 0 && !line.Contains('@', StringComparison.Ordinal))
                {
                    yield return ($"{domain}/{intent}", LuEntity().Replace(line[2..], "$1"));
                }
            }
        }
    }

    private static IEnumerable<(string, string)> Home(string root)
    {
        foreach (string file in SourceFiles.Below(root, "home-assistant+intents/tests/en", "*.yaml"))
        {
            if (SourceFiles.Yaml(file) is not YamlMappingNode map
                || !map.Children.TryGetValue(new YamlScalarNode("tests"), out YamlNode? tests)
                || tests is not YamlSequenceNode list)
            {
                continue;
            }

            string intent = Path.GetFileNameWithoutExtension(file).Replace("Hass", "", StringComparison.Ordinal);
            foreach (YamlMappingNode test in list.Children.OfType<YamlMappingNode>())
            {
                if (test.Children.TryGetValue(new YamlScalarNode("sentences"), out YamlNode? node) && node is YamlSequenceNode sentences)
                {
                    foreach (YamlScalarNode sentence in sentences.Children.OfType<YamlScalarNode>())
                    {
                        yield return (intent, sentence.Value ?? "");
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"\{[^{}=]*=([^{}]*)\}")]
    private static partial Regex LuEntity();
}
