namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>
/// Words that people and tool names use for one another, written for this index: abbreviations, verbs of everyday speech beside verbs of interfaces, things of
/// offices, development and operations. Within a group every word may stand for every other.
/// </summary>
internal static class SynonymLexicon
{
    private const double Same = 1.0;
    private const double Near = 0.6;

    // Two writings of one thing.
    private const string Abbreviations = """
        repo repository
        db database
        env environment
        config configuration configure setting preference
        auth authentication authorization
        doc document documentation
        dir directory folder
        img image picture photo
        msg message
        org organization
        pr pullrequest
        k8s kubernetes
        vm machine
        ns namespace
        pkg package
        app application
        info information detail
        num number
        max maximum
        min minimum
        avg average mean
        temp temperature
        qty quantity
        addr address
        tel telephone phone
        pic picture
        vid video clip
        lib library
        dep dependency
        perm permission
        cred credential
        cert certificate
        param parameter argument
        attr attribute
        desc description
        ref reference
        id identifier
        acct account
        admin administrator
        dev development
        prod production
        stats statistics
        calc calculate compute
        gen generate
        exec execute
        del delete
        mkdir directory
        ls list
        rm remove
        ui interface
        js javascript
        ts typescript
        py python
        ml learning
        ai intelligence
        nlp language
        crypto cryptocurrency
        btc bitcoin
        eth ethereum
        forex currency
        fx currency
        gps location
        geo geographic
        lat latitude
        lng longitude
        lon longitude
        url link
        uri link
        sms text
        """;

    // Words of everyday speech and of interfaces that ask for the same.
    private const string Groups = """
        delete remove erase discard drop destroy purge trash
        create add make new
        insert append add attach
        list enumerate show browse
        show display view see
        get retrieve fetch obtain read lookup
        find search lookup discover locate query seek
        update edit modify change alter adjust revise
        send post deliver transmit dispatch
        send email mail
        start launch run begin boot
        stop halt terminate kill shutdown
        pause suspend hold
        resume continue unpause
        restart reboot relaunch
        cancel abort revoke
        execute run invoke trigger
        build compile construct
        check verify validate inspect examine
        compare diff difference contrast
        copy duplicate clone replicate
        move transfer relocate
        rename retitle
        merge combine join unite
        split divide separate
        convert transform translate change
        compute calculate determine evaluate
        estimate predict forecast project
        summarize summary digest overview
        analyze examine investigate study
        monitor track watch observe follow
        notify alert notification remind reminder
        schedule plan book arrange appointment
        book reserve reservation booking
        buy purchase order acquire shop
        sell sale
        pay payment charge
        refund reimburse
        bill invoice
        price cost fee rate expense
        download pull fetch save
        upload push put
        save store persist keep
        export dump extract
        import load ingest
        enable activate
        disable deactivate
        lock block freeze
        unlock unblock
        invite add
        join enter
        leave quit exit
        comment reply respond answer remark note
        reply respond answer
        question ask inquiry
        assign allocate delegate
        approve accept confirm
        reject decline deny refuse
        publish release deploy ship
        deploy rollout
        revert rollback undo restore
        restore recover
        backup snapshot
        sync synchronize refresh
        draw plot chart graph visualize render
        chart graph diagram plot
        picture image photo screenshot
        screenshot capture snapshot
        movie film video
        song music track audio
        singer artist musician
        book novel publication
        article paper publication post
        news headline article
        weather forecast climate temperature
        hotel accommodation lodging stay
        flight airline airfare plane
        trip travel journey itinerary vacation
        route direction path navigation
        map location place geographic
        nearby near close around
        restaurant food dining meal
        recipe cook dish
        doctor physician medical
        medicine drug medication pharmaceutical
        disease illness condition
        exercise workout fitness
        job career employment vacancy position
        employee staff worker personnel
        resume cv
        salary wage pay income
        company firm business corporation organization
        customer client
        vendor supplier
        user person member account people
        team group
        friend contact
        lead prospect
        ticket issue bug incident case
        task todo item
        bug error fault defect problem
        error exception failure fail
        log record entry history
        history past previous log
        event meeting appointment calendar
        calendar schedule agenda
        meeting conference call
        chat conversation message discussion
        channel room
        thread conversation discussion
        email mail inbox
        file document
        folder directory
        page webpage site website
        website site web
        internet web online
        scrape crawl extract
        table spreadsheet sheet
        row record entry
        column field
        database table
        key secret token
        password credential secret
        permission access right privilege
        role permission
        label tag category
        branch fork
        commit revision change
        code source program
        test check
        function method procedure
        server host machine instance
        container docker
        pod container
        cluster node
        metric measurement statistic
        latency slow performance
        status state health condition
        version release
        package module library
        shipment delivery parcel package shipping
        product item goods
        stock inventory
        stock share equity
        currency money exchange
        coin cryptocurrency token
        loan mortgage credit
        tax duty
        house home property estate apartment
        car vehicle automobile
        language translation
        definition meaning dictionary
        word term
        quiz test exam
        course class lesson tutorial
        student learner pupil
        school university college
        teach learn tutorial
        game play
        sport match game
        score result
        horoscope astrology zodiac
        gift present
        discount coupon deal promotion
        advertisement ad campaign marketing
        rating review feedback
        recommend suggest advise
        similar like related
        random arbitrary
        latest recent newest current
        first initial
        total sum
        average mean
        large big
        quantity count number amount
        count number total
        size length dimension
        area surface
        distance length
        speed velocity
        time date day
        today current now
        """;

    private static readonly (string Term, double Weight)[] None = [];
    private static readonly Dictionary<string, (string Term, double Weight)[]> Entries = Build();

    /// <summary>Terms that may stand for a term, with what they are worth beside it, 0 to 1.</summary>
    public static IReadOnlyList<(string Term, double Weight)> Of(string term) => Entries.GetValueOrDefault(term, None);

    private static Dictionary<string, (string Term, double Weight)[]> Build()
    {
        Dictionary<string, Dictionary<string, double>> pairs = new(StringComparer.Ordinal);
        Add(pairs, Abbreviations, Same);
        Add(pairs, Groups, Near);
        return pairs.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, Dictionary<string, double>> pairs, string text, double weight)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] terms = [.. line.Split(' ').Select(Stem)];
            foreach (string from in terms)
            {
                foreach (string to in terms.Where(to => to != from))
                {
                    if (!pairs.TryGetValue(from, out Dictionary<string, double>? known))
                    {
                        pairs.Add(from, known = new Dictionary<string, double>(StringComparer.Ordinal));
                    }

                    known[to] = Math.Max(weight, known.GetValueOrDefault(to));
                }
            }
        }
    }

    private static string Stem(string word)
    {
        Span<char> buffer = stackalloc char[word.Length + Stemmer.Room];
        word.CopyTo(buffer);
        return buffer[..Stemmer.Stem(buffer, word.Length)].ToString();
    }
}
