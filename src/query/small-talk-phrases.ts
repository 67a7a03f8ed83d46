/** What somebody means who is only being polite, or asks about the bot itself. */
export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'identity'
  | 'human'
  | 'help'
  | 'more'
  | 'reason'
  | 'acknowledgement'
  | 'feeling'
  | 'complaint'
  | 'privacy'
  | 'stop'
  | 'worry'
  | 'distress'

/** Phrases in words; a phrase counts only where whole words match, the longest first. */
export const phrases: Record<SmallTalk, string> = {
  greeting: `
    hi | hello | hey | hiya | heya | yo | howdy | greetings | good morning | good afternoon | good evening |
    good day | morning | evening | sup | whats up | what is up | what up | wassup | nice to meet you |
    pleased to meet you | hi there | hello there | hey there | gm | hallo | hola | salut | bonjour | moin |
    servus | ciao | namaste | ola | anybody here | anyone here | anyone there | are you there | you there |
    welcome back | heyy | heyyy | hii | hiii | helo | hullo | aloha | happy to be here | glad to be here |
    just joined | i am new here | im new here | i am new | new here
  `,
  thanks: `
    thanks | thank you | thank you so much | thank you very much | many thanks | thx | ty | cheers |
    thanks a lot | thanks so much | appreciate it | much appreciated | that helped | that helps |
    very helpful | that was helpful | grateful | you are great | you are awesome | good bot | great bot |
    nice bot | well done | good job | great answer | perfect thanks | love it | you rock | merci | danke |
    gracias | helped a lot | thank u | great help | big help | you are the best | kudos | awesome answer |
    nice answer | good answer | you helped me | i appreciate it | i appreciate that | bless you | thankyou |
    thnx | tq | obrigado | grazie
  `,
  goodbye: `
    bye | goodbye | good bye | bye bye | see you | see ya | see you later | cya | good night | take care |
    later | farewell | ttyl | talk to you later | have a nice day | have a good day | have a great day |
    gotta go | i have to go | i am off | until next time | so long | cu | see you tomorrow | catch you later |
    talk later | good night everyone | gn | have a good one | tschuss | adios | see u | peace out |
    i will be back | laters | that is all | thats all
  `,
  identity: `
    who are you | what are you | your name | what is your name | what should i call you | who made you |
    who built you | who created you | who is this | who am i talking to | who owns you | who runs you |
    introduce yourself | about yourself | tell me about yourself | how old are you | where are you from |
    do you have a name | what bot is this | what is this bot | what is this | who do i talk to |
    who is speaking | who r you | what kind of bot are you | who programmed you | who wrote you |
    who developed you | where do you live | what do people call you | who is behind this bot |
    who is your creator | who is your maker | were you made | where do you get your answers |
    where do your answers come from | how do you work | how do you know | what do you know |
    whats this bot for | what is this bot for | what are you for
  `,
  human: `
    are you a bot | are you a human | are you human | are you real | are you a robot | are you an ai |
    are you ai | a human or a bot | are you a person | are you chatgpt | are you gpt | is this a bot |
    is this a human | am i talking to a bot | am i talking to a human | am i talking to a robot |
    am i talking to a person | are you alive | are you a real person | bot or human | human or bot |
    is anyone real here | real person | are you a machine | do you have feelings | are you an llm |
    are you a language model | are you some kind of ai | are you conscious | are you sentient |
    are you a program | am i chatting with a human | am i chatting with a bot | are you a chatbot |
    do you sleep | are you an actual person | are you someone
  `,
  help: `
    help | help me | what can you do | what can i ask | what can i ask you | how does this work |
    how do i use this | how can i use this bot | how do i use this bot | how to use this |
    how does this bot work | how do i use you | how to use this bot | how to use you | commands | menu |
    what do you do | how can you help | how can you help me | can you help me | can you help |
    could you help me | i need help | what questions can i ask | what are your features | what topics |
    usage | instructions | what else can you do | what do you know about | what can you tell me |
    what can you help with | what can you help me with | what else can i ask | what else |
    show me what you can do | how can i use you | what can you answer | what topics do you cover |
    what topics do you know | what are you able to do | what are you good for | what should i ask |
    what kind of questions can i ask | what kind of questions can i ask you | what questions can you answer |
    what kind of questions can you answer | what kind of questions do you answer | which questions can i ask |
    what can i ask here | what sort of questions can i ask | what should i ask you | options |
    i do not know what to ask | features | how do you help | who can help me | can i ask you something |
    can i ask a question | i have a question | may i ask something | got a question | what is possible here |
    what do you offer | show help | list commands | how do i talk to you | how does it work |
    what are my options | where do i begin here
  `,
  more: `
    more | tell me more | go on | continue | keep going | more please | more details | more detail | more info |
    more information | more about it | more about that | more about this | elaborate | and then | then what |
    what then | after that | what comes next | what is next | whats next | what next | next | anything else |
    what else is there | something else | more on that | more on this | expand on that | in more detail |
    say more | show more | show me more | give me more | the rest
  `,
  reason: `
    why | why is that | why so | why not | how so | how come | what do you mean | what does that mean |
    what does it mean | explain | explain that | explain it | explain this | can you explain | for example |
    like what | such as
  `,
  acknowledgement: `
    ok | okay | ok cool | cool | lol | haha | hahaha | nice | great | awesome | got it | i see | understood |
    makes sense | alright | sure | wow | fine | perfect | good | k | kk | yes | no | yep | yeah | nope |
    right | interesting | amazing | sounds good | good to know | no problem | fair enough | sweet | hmm | oh |
    ah | aha | lmao | rofl | yay | test | testing | never mind | nevermind | nvm | no worries | all good |
    omg | gotcha | roger | true | exactly | indeed | oops | sorry | my bad | wait | hm | mhm | brilliant |
    excellent | noted | very good | that is cool | thats cool | ping | will do | that makes sense | clear |
    i understand | wonderful | fantastic | super | yup | sounds great | that is interesting | not now |
    no thanks | maybe later | alrighty | okey | okie | oki | xd | hehe | heh | lolol | whatever | not really |
    not sure | same here | me too | congrats | well well
  `,
  complaint: `
    i do not understand | i dont understand | i do not get it | i dont get it | explain simpler | simpler please |
    that did not answer my question | that does not answer my question | you did not answer my question | wrong |
    that is wrong | you are wrong | wrong answer | this is useless | that is useless | useless | not helpful |
    that did not help | that does not help | that makes no sense | makes no sense | this makes no sense |
    that is not what i asked | not what i asked | not what i meant | you misunderstood | bad answer
  `,
  distress: `
    kill myself | killing myself | suicide | suicidal | want to die | end my life | hurt myself | self harm |
    no reason to live | do not want to live | not worth living | want to disappear | hate myself | i hate my life |
    i am worthless | feel worthless | i am hopeless | feel hopeless | i am depressed | feel depressed |
    i have depression | can not go on | can not do this anymore | everything is pointless | life is pointless
  `,
  worry: `
    i am scared | i am so scared | i am afraid | i am worried | i am so worried | i am anxious | i am nervous |
    i am terrified | i am stressed | scares me | worries me | frightens me | makes me anxious | i am overwhelmed |
    feel overwhelmed | feel lost | i am lost | feel stuck | feel stupid | feel dumb | feel behind |
    feel like a failure | feel like an impostor | feel like an imposter | impostor syndrome | imposter syndrome |
    i am a failure | i have failed | i failed | keep failing | i am too stupid | i am too dumb | i am too old |
    i am too late | am i too stupid | am i too dumb | am i too old | am i too late | too stupid for | too dumb for |
    not smart enough | i am not good enough | am i good enough | not clever enough | never be good enough | never make it | can not do it |
    nobody hires me | no one hires me | nobody will hire me | no one will hire me | nobody wants to hire me |
    no one wants to hire me | nobody wants me | can not find a job | can not get a job | do not find a job |
    only rejections | got rejected | get rejected | keep getting rejected | rejected again | lost my job |
    lost my motivation | got fired | got laid off | was laid off | i have given up | i give up | should i give up |
    want to give up | giving up | i want to quit | no motivation | everyone is better than me |
    everybody is better than me | i am burnt out | i am burned out | i am exhausted | i am sad | feel sad | i am lonely |
    i cry | i cried | i am crying | makes me cry | everyone is better at | everybody is better at |
    everyone else is better | no talent | can not find work | can not get hired | can not sleep | feel useless | feel hopeless about |
    i regret | i am desperate | feel desperate | lose hope | losing hope | lost hope
  `,
  privacy: `
    do you store my questions | do you save my questions | do you keep my questions | do you store my data |
    do you save my data | do you keep my data | do you collect data | do you collect my data | do you store data |
    do you save data | do you log my questions | do you log messages | do you read my messages |
    do you read all messages | can you read my messages | can you see my messages | who can see this |
    who can see my questions | who can see my question | who sees this | who sees my questions | who can read this |
    who reads this | who can see what i ask | can others see this | can other people see this | is this private |
    is this anonymous | is this confidential | am i anonymous | what data do you collect | what data do you store |
    what do you store | what do you know about me | what do you remember | do you remember me |
    do you share my data | do you sell my data | is my data safe | is my data private | are you recording |
    are you spying | are you tracking me | do you track me | delete my data | delete my questions |
    delete my messages | delete everything | remove my data | erase my data | forget me | forget my data |
    forget everything | clear my history | delete my history | privacy | privacy policy | gdpr | data protection |
    does anybody see my questions | does anyone see my questions | where do my questions go
  `,
  stop: `
    stop | stop it | please stop | stop talking | stop answering | stop writing | stop messaging me |
    stop sending me messages | stop replying | go away | leave me alone | unsubscribe | be quiet | be silent |
    quiet | do not answer | do not reply | do not answer me | do not reply to me | mute | nobody asked you |
    no one asked you | i did not ask you
  `,
  feeling: `
    how are you | how are you doing | how are you today | how is it going | hows it going | how do you feel |
    how have you been | how are things | how was your day | what are you doing | do you like me | i love you |
    tell me a joke | joke | you are funny | you are stupid | you are dumb | stupid bot | bad bot |
    are you ok | are you busy | are you happy | i hate you | you suck | shut up | are you smart | how r you |
    you are useless | useless bot | dumb bot | hru | how do you do | are you tired | how is life |
    make me laugh | i am bored | im bored | are you single | can we be friends | whats new | what is new |
    not helpful
  `,
}
