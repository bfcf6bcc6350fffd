using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>Numbers of the ranking. Defaults were set on the evaluation sets; <c>tests/Evaluation</c> tells what a change does.</summary>
public sealed class SearchSettings
{
    /// <summary>Most tools a search returns.</summary>
    /// <value>8; 1 to 50.</value>
    [Range(1, 50)]
    public int MaxToolsToReturn { get; set; } = 8;

    /// <summary>Weight of a term in the tool's name. Field weights are read when tools are indexed.</summary>
    /// <value>3; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double NameWeight { get; set; } = 3;

    /// <summary>Weight of a term in the tool's title.</summary>
    /// <value>2; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double TitleWeight { get; set; } = 2;

    /// <summary>Weight of a term in the first sentence of the description.</summary>
    /// <value>1.5; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double SummaryWeight { get; set; } = 1.5;

    /// <summary>Weight of a term in the rest of the description.</summary>
    /// <value>0.8; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double DescriptionWeight { get; set; } = 0.8;

    /// <summary>Weight of a term in the name of an input parameter.</summary>
    /// <value>0.5; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double ParameterNameWeight { get; set; } = 0.5;

    /// <summary>Weight of a term in the description or the choices of an input parameter.</summary>
    /// <value>0.3; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double ParameterTextWeight { get; set; } = 0.3;

    /// <summary>Weight of a term in the server's name.</summary>
    /// <value>1; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double ServerWeight { get; set; } = 1;

    /// <summary>Weight of a term in the server's description.</summary>
    /// <value>0.3; 0 to 20.</value>
    [Range(0.0, 20.0)]
    public double ServerTextWeight { get; set; } = 0.3;

    /// <summary>How much a long name, title or server name weakens each of its terms (BM25's b).</summary>
    /// <value>0.4; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double NameLengthNormalization { get; set; } = 0.4;

    /// <summary>How much a long text weakens each of its terms (BM25's b).</summary>
    /// <value>0.5; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double TextLengthNormalization { get; set; } = 0.5;

    /// <summary>How soon repeating a term stops to count (BM25's k1).</summary>
    /// <value>1.2; 0.1 to 10.</value>
    [Range(0.1, 10.0)]
    public double Saturation { get; set; } = 1.2;

    /// <summary>Most characters of a query that are read, description and keywords each.</summary>
    /// <value>4,000; 100 to 100,000.</value>
    [Range(100, 100_000)]
    public int MaxQueryLength { get; set; } = 4_000;

    /// <summary>Most different terms of a query that are searched; the first ones count.</summary>
    /// <value>64; 8 to 256.</value>
    [Range(8, 256)]
    public int MaxQueryTerms { get; set; } = 64;

    /// <summary>Weight of words that dress a request ("please", "I want") beside 1 for the others.</summary>
    /// <value>0.15; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double PoliteWordWeight { get; set; } = 0.15;

    /// <summary>Weight of concrete values in a request: quoted text, numbers, placeholders in angle brackets.</summary>
    /// <value>0.3; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double ValueWeight { get; set; } = 0.3;

    /// <summary>Weight of the words of <c>tool_keywords</c>.</summary>
    /// <value>1; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double KeywordWeight { get; set; } = 1;

    /// <summary>Weight of words of the same meaning beside 1 for the word itself; 0 turns them off.</summary>
    /// <value>0.9; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double SynonymWeight { get; set; } = 0.9;

    /// <summary>Weight of terms that look like a word of the request beside 1 for the word itself; 0 turns them off.</summary>
    /// <value>0.5; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double SimilarWeight { get; set; } = 0.5;

    /// <summary>Share of three-letter pieces two terms must have in common to look alike.</summary>
    /// <value>0.6; 0.3 to 1.</value>
    [Range(0.3, 1.0)]
    public double SimilarThreshold { get; set; } = 0.6;

    /// <summary>Best tools of each side that are looked at closely.</summary>
    /// <value>200; 50 to 2,000.</value>
    [Range(50, 2_000)]
    public int CandidateCount { get; set; } = 200;

    /// <summary>Bonus for the share of the request that a tool covers at all, however weakly.</summary>
    /// <value>0.48; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double CoverageWeight { get; set; } = 0.48;

    /// <summary>Bonus for the share of the tool's name that the request covers.</summary>
    /// <value>0.2; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double NameCoverageWeight { get; set; } = 0.2;

    /// <summary>Bonus for words of the request that stand side by side in the tool's texts too.</summary>
    /// <value>0.2; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double AdjacencyWeight { get; set; } = 0.2;

    /// <summary>Weight of the semantic side where both sides are equally sure; 0 searches by words alone.</summary>
    /// <value>0.55; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double SemanticWeight { get; set; } = 0.55;

    /// <summary>
    /// A tool that holds so much of a request's words, its whole name among them, is what the request spells out: when no other is as good by words or holds
    /// as much, meaning puts none before it. 2 turns this off.
    /// </summary>
    /// <value>0.6; 0.5 to 2.</value>
    [Range(0.5, 2.0)]
    public double VerbatimCoverage { get; set; } = 0.6;

    /// <summary>
    /// Among the tools of a server that the request names: what one standard deviation of similarity above the server's others is worth, times the share
    /// of the request that none of them holds in words; 0 turns it off.
    /// </summary>
    /// <value>0.15; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double NamedServerWeight { get; set; } = 0.15;

    /// <summary>
    /// What the requests are worth that a language model worded for a tool (see <c>AddToolEnrichment</c>), where one of them is nearer to the request at hand than
    /// the tool's own text: at eight standard deviations nearer so much is added, beside 1 for a full match in words. 0 turns it off; without enrichment it is without effect.
    /// </summary>
    /// <value>0.25; 0 to 2.</value>
    [Range(0.0, 2.0)]
    public double EnrichmentWeight { get; set; } = 0.25;

    /// <summary>Most needs that a request is cut into ("create a branch and open a PR" has two); 1 turns cutting off.</summary>
    /// <value>6; 1 to 12.</value>
    [Range(1, 12)]
    public int MaxNeeds { get; set; } = 6;

    /// <summary>Weight of the need that a tool serves best, beside the request as a whole, where a request has several.</summary>
    /// <value>0.5; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double NeedWeight { get; set; } = 0.5;

    /// <summary>What a need still counts for the next place after a tool was placed for it.</summary>
    /// <value>0.65; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double ServedNeedWeight { get; set; } = 0.65;

    /// <summary>Up to so many visible tools every vector is compared; beyond, those with the nearest sketches (signs of the components).</summary>
    /// <value>20,000; 0 to 10,000,000.</value>
    [Range(0, 10_000_000)]
    public int FullScanTools { get; set; } = 20_000;

    /// <summary>How many vectors are compared after the look at the sketches, at least.</summary>
    /// <value>1,500; 200 to 1,000,000.</value>
    [Range(200, 1_000_000)]
    public int ScanSurvivors { get; set; } = 1_500;

    /// <summary>How long a search waits for the vector of its request before it goes on by words alone, in milliseconds.</summary>
    /// <value>2,000; 10 to 60,000.</value>
    [Range(10, 60_000)]
    public int EmbeddingTimeoutMilliseconds { get; set; } = 2_000;

    /// <summary>How much more the semantic side weighs when no tool holds any word of the request: added times the share not held.</summary>
    /// <value>1; 0 to 10.</value>
    [Range(0.0, 10.0)]
    public double SemanticGain { get; set; } = 1;

    /// <summary>What a word that no tool holds counts when the lexical side is asked how much of the request it understands.</summary>
    /// <value>0.75; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double UnknownTermWeight { get; set; } = 0.75;

    /// <summary>Number of index segments beyond which they are joined in the background.</summary>
    /// <value>6; 1 to 100.</value>
    [Range(1, 100)]
    public int MaxSegments { get; set; } = 6;

    /// <summary>A segment of which less than this share is still there is rewritten in the background.</summary>
    /// <value>0.6; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double MergeLiveShare { get; set; } = 0.6;

    /// <summary>Segments that hold no more tools than this together are joined while a change is applied.</summary>
    /// <value>2,000; 0 to 100,000.</value>
    [Range(0, 100_000)]
    public int ImmediateMergeTools { get; set; } = 2_000;
}
