namespace Horreum.Client.Models;

/// <summary>
/// What was odd in the answers to the calls in whose flow this code runs. The wire models have no room for it, and a list that lost an element must still
/// be counted by what Horreum sent.
/// </summary>
internal sealed class AnswerFaults
{
    private const int MostSentences = 20;

    private static readonly AsyncLocal<AnswerFaults?> Flowing = new();
    private readonly List<string> _sentences = [];
    private readonly List<int> _leftOut = [];

    public static AnswerFaults? Current => Flowing.Value;

    /// <summary>One sentence for each odd part, naming element and member; a bounded number of them.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Positions in the answer's list of the elements that are left out, in ascending order.</summary>
    public IReadOnlyList<int> LeftOut => _leftOut;

    /// <summary>Collects from here on, until the calling method has ended.</summary>
    public static AnswerFaults Begin() => Flowing.Value = new AnswerFaults();

    public void Add(IReadOnlyList<string> sentences, IReadOnlyList<int> leftOut)
    {
        _leftOut.AddRange(leftOut);
        foreach (string sentence in sentences)
        {
            Add(sentence);
        }
    }

    public void Add(string sentence)
    {
        if (_sentences.Count < MostSentences)
        {
            _sentences.Add(sentence);
        }
        else if (_sentences.Count == MostSentences)
        {
            _sentences.Add("More parts of the answer are odd; the log of the server names them.");
        }
    }
}
