namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// A request that names a server ("text the plumber on WhatsApp") finds all of its tools by that name, which says nothing about the one that is meant.
/// Among the tools of a named server those gain whose similarity stands out from the server's others.
/// </summary>
internal static class NamedServers
{
    private const int FewestServers = 3;
    private const int FewestTools = 3;
    private const int ShortestName = 3;
    private const double LeastShareOfMass = 0.5;
    private const double LowestStanding = -1;
    private const double LeastVariance = 1e-4;

    /// <summary>Adds to the fused scores of the tools of named servers.</summary>
    /// <param name="candidates">All candidates.</param>
    /// <param name="select">The score of the need.</param>
    /// <param name="terms">What the need speaks of.</param>
    /// <param name="weight">What one standard deviation is worth where no word but the name is understood.</param>
    public static void Lift(List<Candidate> candidates, Func<Candidate, NeedScore> select, IReadOnlyList<ResolvedTerm> terms, double weight)
    {
        if (weight <= 0 || terms.Count < 2)
        {
            return;
        }

        // A word that weighs little beside the others is no name ("get", "data").
        float least = (float)(LeastShareOfMass * terms.Max(term => term.Mass));
        ResolvedTerm[] names = [.. terms.Where(term => term.Mass >= least && term.Query.Word.Length >= ShortestName)];
        HashSet<string> servers = new(StringComparer.Ordinal);
        string? last = null;
        foreach (Candidate candidate in candidates)
        {
            // Many in a row are of one server.
            if (candidate.HasVector && !ReferenceEquals(candidate.Server.Name, last))
            {
                servers.Add(last = candidate.Server.Name);
            }
        }

        if (servers.Count < FewestServers)
        {
            return;
        }

        foreach (string server in servers.Where(server => Array.Exists(names, name => Names(server, name.Query.Word))))
        {
            List<Candidate> own = candidates.FindAll(candidate => candidate.HasVector && candidate.Server.Name == server);
            if (own.Count < FewestTools)
            {
                continue;
            }

            // The less of the request the server's best tool holds in words, the more this counts.
            double missing = 1 - Math.Min(1, own.Max(candidate => select(candidate).Coverage));
            double mean = own.Average(candidate => select(candidate).Cosine);
            double deviation = Math.Sqrt(own.Average(candidate => Math.Pow(select(candidate).Cosine - mean, 2)) + LeastVariance);
            foreach (Candidate candidate in own)
            {
                NeedScore score = select(candidate);
                score.Fused += weight * missing * Math.Max(LowestStanding, (score.Cosine - mean) / deviation);
            }
        }
    }

    // As a word of its own: "art" does not name "smart-home".
    private static bool Names(string server, string word)
    {
        for (int at = server.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = server.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + word.Length;
            if ((at == 0 || !char.IsLetter(server[at - 1])) && (end == server.Length || !char.IsLetter(server[end])))
            {
                return true;
            }
        }

        return false;
    }
}
