namespace EncoderTraining.Training;

/// <summary>Everything that is a number in the recipe.</summary>
internal sealed record TrainingOptions
{
    public int Seed { get; init; } = 1;

    public int Dimensions { get; init; } = 256;

    public int Steps { get; init; } = 1250;

    public int Batch { get; init; } = 1024;

    /// <summary>Pairs taken side by side from one group, as hard negatives of each other.</summary>
    public int Run { get; init; } = 4;

    public float LearningRate { get; init; } = 0.02f;

    public float Temperature { get; init; } = 0.12f;

    /// <summary>Share of queries that lose the words they have in common with the document: lexical search finds those already.</summary>
    public double OverlapDropout { get; init; } = 0.1;

    /// <summary>Share of words read by their pieces only, so that pieces can stand for unknown words.</summary>
    public double WordDropout { get; init; } = 0.04;

    public int MaxWords { get; init; } = 46_000;

    public int MinCount { get; init; } = 3;

    public int PieceBuckets { get; init; } = 20_000;

    public int PairBuckets { get; init; }

    /// <summary>Smoothing of the frequency weight a / (a + p).</summary>
    public float FrequencySmoothing { get; init; } = 1e-3f;

    public float PieceShare { get; init; } = 0.5f;

    public int MaxTextWords { get; init; } = 48;

    public int FullWords { get; init; } = 48;

    public float RepeatWeight { get; init; } = 0.5f;

    /// <summary>Pairs that the teacher reads, shared out among the sources by their weight.</summary>
    public int TaughtPairs { get; init; } = 60_000;

    /// <summary>Share of a batch that is drawn from the pairs that the teacher has read.</summary>
    public double TaughtShare { get; init; } = 0.5;

    /// <summary>What agreeing with the teacher counts beside the contrastive loss.</summary>
    public float TeacherWeight { get; init; } = 1;

    public float TeacherTemperature { get; init; } = 0.1f;

    public int Threads { get; init; } = 2;

    /// <summary>Version in the model's id.</summary>
    public string Version { get; init; } = "1";
}
