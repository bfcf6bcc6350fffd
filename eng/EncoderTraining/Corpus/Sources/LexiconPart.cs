namespace EncoderTraining.Corpus.Sources;

/// <summary>The kinds of entries in our lexicon, each with its own share of a batch.</summary>
internal enum LexiconPart
{
    /// <summary>What people say when they want a tool.</summary>
    Phrases,

    /// <summary>Words of one meaning or one subject.</summary>
    Words,

    /// <summary>Every thing with every action.</summary>
    Actions,
}
