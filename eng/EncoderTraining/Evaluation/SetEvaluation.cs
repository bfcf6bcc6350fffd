using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using EncoderTraining.Corpus;
using McpOptimizer.Core.Services.Embeddings;

namespace EncoderTraining.Evaluation;

/// <summary>Quick recall of lexical search, of the vectors and of two simple fusions on a set folder, to compare tables with each other.</summary>
internal sealed class SetEvaluation
{
    private readonly List<JsonElement> _tools = [];
    private readonly List<JsonElement> _queries = [];
    private readonly Bm25 _lexical = new();
    private readonly string _name;

    public SetEvaluation(string folder)
    {
        _name = Path.GetFileName(folder.TrimEnd('/'));
        foreach (string line in File.ReadLines(Path.Combine(folder, "tools.jsonl")))
        {
            JsonElement tool = JsonDocument.Parse(line).RootElement;
            _tools.Add(tool);
            string parameters = tool.TryGetProperty("input_schema", out JsonElement schema)
                ? string.Join(' ', schema.Members("properties").Select(p => p.Name))
                : "";
            _lexical.Add([(tool.Text("name") ?? "", 3), (tool.Text("description") ?? "", 1), (tool.Text("server") ?? "", 1.5), (parameters, 0.3)]);
        }

        foreach (string line in File.ReadLines(Path.Combine(folder, "queries.jsonl")))
        {
            _queries.Add(JsonDocument.Parse(line).RootElement);
        }
    }

    public void Print(EncoderModel model, TextWriter output, bool brief, int sentences = 2)
    {
        int width = model.Header.Dimensions;
        float[][] tools = [.. _tools.Select(tool => Vector(model, ToolText(tool, sentences)))];
        Dictionary<string, int> ids = _tools.Select((tool, i) => (tool.Text("id") ?? "", i)).DistinctBy(t => t.Item1).ToDictionary(t => t.Item1, t => t.i);
        Dictionary<(string Group, string Method), List<(double R1, double R5)>> results = [];
        float[] query = new float[width];
        foreach (JsonElement row in _queries)
        {
            string id = row.Text("id") ?? "";
            string group = id.EndsWith("-plain", StringComparison.Ordinal) ? "plain" : id.EndsWith("-para", StringComparison.Ordinal) ? "para" : "";
            HashSet<int> relevant = [.. row.Items("relevant").Select(r => ids.GetValueOrDefault(r.GetString()!, -1))];
            string text = row.Text("query") ?? "";
            model.Encode(text, query);
            double[] lexical = _lexical.Scores(text);
            double[] vectors = [.. tools.Select(tool => (double)TensorPrimitives.Dot(tool, query))];
            double top = Math.Max(lexical.Max(), 1e-9);
            Note(results, (group, "bm25"), lexical, relevant);
            Note(results, (group, "vector"), vectors, relevant);
            Note(results, (group, "rrf"), Fuse(lexical, vectors), relevant);
            foreach (double share in (double[])[0.5, 1, 2])
            {
                double best = Math.Max(vectors.Max(), 1e-6);
                string method = "sum" + share.ToString(CultureInfo.InvariantCulture);
                Note(results, (group, method), [.. lexical.Select((l, i) => (l / top) + (share * vectors[i] / best))], relevant);
            }
        }

        foreach (IGrouping<string, KeyValuePair<(string Group, string Method), List<(double R1, double R5)>>> group in results.GroupBy(r => r.Key.Group))
        {
            IEnumerable<string> cells = group.Where(r => !brief || r.Key.Method is "vector" or "rrf" or "sum1")
                .Select(r => $"{r.Key.Method} {r.Value.Average(v => v.R1):F3}/{r.Value.Average(v => v.R5):F3}");
            output.WriteLine($"{_name + " " + group.Key,-22} {string.Join("  ", cells)}");
        }

        output.Flush();
    }

    private static string ToolText(JsonElement tool, int sentences) =>
        $"Server: {tool.Text("server")} | Tool: {tool.Text("name")} | Description: {TextCleaner.First(tool.Text("description") ?? "", sentences)}";

    private static float[] Vector(EncoderModel model, string text)
    {
        float[] vector = new float[model.Header.Dimensions];
        model.Encode(text, vector);
        return vector;
    }

    private static double[] Fuse(double[] lexical, double[] vectors)
    {
        int[] first = Ranks(lexical);
        int[] second = Ranks(vectors);
        return [.. lexical.Select((l, i) => (l > 0 ? 1.0 / (20 + first[i]) : 0) + (1.0 / (20 + second[i])))];
    }

    private static int[] Ranks(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        int[] ranks = new int[scores.Length];
        for (int i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }

    private static void Note(Dictionary<(string, string), List<(double, double)>> results, (string, string) key, double[] scores, HashSet<int> relevant)
    {
        int[] best = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(5)];
        double Recall(int n) => best.Take(n).Count(relevant.Contains) / (double)Math.Max(1, Math.Min(n, relevant.Count));
        if (!results.TryGetValue(key, out List<(double, double)>? list))
        {
            results[key] = list = [];
        }

        list.Add((Recall(1), Recall(5)));
    }
}
