namespace EncoderTraining.Corpus;

/// <summary>One kind of training material.</summary>
internal interface IPairSource
{
    /// <summary>Short name for the listing and the weights.</summary>
    string Name { get; }

    /// <summary>Share of a batch relative to the other sources.</summary>
    double Weight { get; }

    /// <summary>Reads all pairs below <paramref name="root"/>, in an order that depends on nothing but the files.</summary>
    IEnumerable<TrainingPair> Read(string root);
}
