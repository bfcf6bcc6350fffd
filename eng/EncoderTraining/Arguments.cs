using System.Globalization;
using EncoderTraining.Training;

namespace EncoderTraining;

/// <summary>The command line: a verb and named values.</summary>
internal sealed class Arguments(string[] args)
{
    public string Verb => args.Length == 0 ? "" : args[0];

    public IEnumerable<string> All(string name) => args.Index().Where(a => a.Item == name && a.Index + 1 < args.Length).Select(a => args[a.Index + 1]);

    public string Text(string name) => All(name).LastOrDefault() ?? throw new ArgumentException($"{name} is missing.");

    public int Number(string name, int other) =>
        int.Parse(All(name).LastOrDefault() ?? other.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public double Real(string name, double other) =>
        double.Parse(All(name).LastOrDefault() ?? other.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public TrainingOptions Options()
    {
        TrainingOptions standard = new();
        return standard with
        {
            Steps = Number("--steps", standard.Steps),
            Dimensions = Number("--dimensions", standard.Dimensions),
            Batch = Number("--batch", standard.Batch),
            Run = Number("--run", standard.Run),
            Seed = Number("--seed", standard.Seed),
            Threads = Number("--threads", standard.Threads),
            MaxWords = Number("--words", standard.MaxWords),
            PieceBuckets = Number("--pieces", standard.PieceBuckets),
            PairBuckets = Number("--pair-buckets", standard.PairBuckets),
            LearningRate = (float)Real("--rate", standard.LearningRate),
            Temperature = (float)Real("--temperature", standard.Temperature),
            OverlapDropout = Real("--overlap-dropout", standard.OverlapDropout),
            WordDropout = Real("--word-dropout", standard.WordDropout),
            FrequencySmoothing = (float)Real("--smoothing", standard.FrequencySmoothing),
            RepeatWeight = (float)Real("--repeat", standard.RepeatWeight),
            FullWords = Number("--full-words", standard.FullWords),
            TaughtPairs = Number("--taught-pairs", standard.TaughtPairs),
            TaughtShare = Real("--taught-share", standard.TaughtShare),
            TeacherWeight = (float)Real("--teacher-weight", standard.TeacherWeight),
            TeacherTemperature = (float)Real("--teacher-temperature", standard.TeacherTemperature),
            Version = All("--version").LastOrDefault() ?? standard.Version,
        };
    }
}
