<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Acts</name>
        <message>
            <source>Import cases</source>
            <translation>导入案件</translation>
        </message>
        <message>
            <source>Case lists (*.json *.csv *.xml)</source>
            <translation>案件清单 (*.json *.csv *.xml)</translation>
        </message>
        <message>
            <source>Scan a pile</source>
            <translation>扫描一叠</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Pictures, PDF, OFD (*.jpg *.jpeg *.png *.tif *.tiff *.pdf *.ofd)</source>
            <translation>图片、PDF、OFD (*.jpg *.jpeg *.png *.tif *.tiff *.pdf *.ofd)</translation>
        </message>
    </context>
    <context>
        <name>CaseDialog</name>
        <message>
            <source>New case</source>
            <translation>新案件</translation>
        </message>
        <message>
            <source>Open the case</source>
            <translation>收案</translation>
        </message>
        <message>
            <source>Case number</source>
            <translation>案件编号</translation>
        </message>
        <message>
            <source>Case name</source>
            <translation>案件名称</translation>
        </message>
        <message>
            <source>Charge</source>
            <translation>案由</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>办案单位</translation>
        </message>
        <message>
            <source>Suspect</source>
            <translation>犯罪嫌疑人</translation>
        </message>
        <message>
            <source>ID number</source>
            <translation>证件号码</translation>
        </message>
    </context>
    <context>
        <name>CaseList</name>
        <message>
            <source>Paper in, signed dossier out.</source>
            <translation>纸卷进来，签名的电子卷宗出去。</translation>
        </message>
        <message>
            <source>Open a case by its number, or import cases from the case system. Then feed the paper.</source>
            <translation>按案件编号收案，或从案件系统导入；然后放纸扫描。</translation>
        </message>
    </context>
    <context>
        <name>CaseTable</name>
        <message>
            <source>Case number</source>
            <translation>案件编号</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>Charge</source>
            <translation>案由</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>文书</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Time limit</source>
            <translation>期限</translation>
        </message>
    </context>
    <context>
        <name>CaseView</name>
        <message>
            <source>Cases</source>
            <translation>案件</translation>
        </message>
    </context>
    <context>
        <name>CatalogueModel</name>
        <message>
            <source>Document</source>
            <translation>文书</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页</translation>
        </message>
    </context>
    <context>
        <name>CountDialog</name>
        <message>
            <source>Sheets</source>
            <translation>张数</translation>
        </message>
        <message>
            <source>Count the sheets of the pile on the desk. Sheets that are missing are scanned instead.</source>
            <translation>请点一下手边这叠纸的张数。缺的张请补扫。</translation>
        </message>
        <message>
            <source>That is the number</source>
            <translation>确认张数</translation>
        </message>
        <message>
            <source>Count the sheets again</source>
            <translation>重新点数</translation>
        </message>
    </context>
    <context>
        <name>Desk</name>
        <message>
            <source>Not filed</source>
            <translation>未归类</translation>
        </message>
        <message>
            <source>Further files not taken: %1.</source>
            <translation>另有 %1 个文件未收。</translation>
        </message>
    </context>
    <context>
        <name>DocumentActs</name>
        <message>
            <source>Split here</source>
            <translation>从此面拆分</translation>
        </message>
        <message>
            <source>A document of its own begins with %1.</source>
            <translation>从%1起另为一份文书。</translation>
        </message>
        <message>
            <source>Join to the one before</source>
            <translation>并入前一文书</translation>
        </message>
        <message>
            <source>The document of %1 becomes part of the one before it.</source>
            <translation>%1所在的文书并入前一份文书。</translation>
        </message>
    </context>
    <context>
        <name>DocumentDialog</name>
        <message>
            <source>What this document is</source>
            <translation>更正著录</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Read wrongly</source>
            <translation>识别有误</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>文书种类</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>题名</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>文号</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>归入卷别</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
    </context>
    <context>
        <name>ExplainDialog</name>
        <message>
            <source>Explain a finding</source>
            <translation>说明一条发现</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>予以保留</translation>
        </message>
    </context>
    <context>
        <name>FaultBar</name>
        <message>
            <source>%1 %2</source>
            <translation>%1%2</translation>
        </message>
    </context>
    <context>
        <name>FindingList</name>
        <message>
            <source>Findings</source>
            <translation>发现</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>Scanner</source>
            <translation>扫描仪</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>平台</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>磁盘</translation>
        </message>
        <message>
            <source>Dossier station</source>
            <translation>卷宗工作站</translation>
        </message>
        <message>
            <source>%1 to look at</source>
            <translation>%1 疑</translation>
        </message>
        <message>
            <source>%1 blocking</source>
            <translation>%1 阻</translation>
        </message>
    </context>
    <context>
        <name>InterventionDialog</name>
        <message>
            <source>Record of interventions</source>
            <translation>三个规定记录</translation>
        </message>
        <message>
            <source>Enter into the record</source>
            <translation>记入</translation>
        </message>
        <message>
            <source>Nobody intervened (zero report)</source>
            <translation>无人过问(零报告)</translation>
        </message>
        <message>
            <source>Who, when, how</source>
            <translation>何人、何时、如何</translation>
        </message>
    </context>
    <context>
        <name>MoveDialog</name>
        <message>
            <source>Move %1</source>
            <translation>移动%1</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>this page, to the end of</source>
            <translation>本页,移到此文书末尾:</translation>
        </message>
        <message>
            <source>this page, to the beginning of</source>
            <translation>本页,移到此文书开头:</translation>
        </message>
        <message>
            <source>its document, behind</source>
            <translation>所在文书,排在此文书之后:</translation>
        </message>
        <message>
            <source>its document, in front of</source>
            <translation>所在文书,排在此文书之前:</translation>
        </message>
        <message>
            <source>its document, joined to the end of</source>
            <translation>所在文书,并入此文书末尾:</translation>
        </message>
        <message>
            <source>Filed wrongly</source>
            <translation>归错文书</translation>
        </message>
        <message>
            <source>What</source>
            <translation>移动什么</translation>
        </message>
        <message>
            <source>Document</source>
            <translation>文书</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
    </context>
    <context>
        <name>NextBar</name>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
    </context>
    <context>
        <name>PageActs</name>
        <message>
            <source>Set aside</source>
            <translation>剔除</translation>
        </message>
        <message>
            <source>%1 will not count.</source>
            <translation>%1将不计入案卷。</translation>
        </message>
        <message>
            <source>Scan %1 anew</source>
            <translation>重扫%1</translation>
        </message>
        <message>
            <source>Scan in behind %1</source>
            <translation>在%1之后扫入</translation>
        </message>
        <message>
            <source>Scan sheet %1 again, both sides of it</source>
            <translation>重扫第 %1 张(含正反面)</translation>
        </message>
        <message>
            <source>Scan the backs of the pile of fronts</source>
            <translation>扫描这叠正面的背面</translation>
        </message>
        <message>
            <source>Replace %1 by a file</source>
            <translation>用文件替换%1</translation>
        </message>
        <message>
            <source>File in behind %1</source>
            <translation>在%1之后插入文件</translation>
        </message>
        <message>
            <source>Pictures, PDF, OFD (*.jpg *.jpeg *.png *.tif *.tiff *.pdf *.ofd)</source>
            <translation>图片、PDF、OFD (*.jpg *.jpeg *.png *.tif *.tiff *.pdf *.ofd)</translation>
        </message>
    </context>
    <context>
        <name>PageBoard</name>
        <message>
            <source>Pages</source>
            <translation>页</translation>
        </message>
    </context>
    <context>
        <name>PagePane</name>
        <message>
            <source>This page</source>
            <translation>本页</translation>
        </message>
        <message>
            <source>This picture cannot be shown here. The file itself is kept as it came.</source>
            <translation>这幅图在这里显示不出来。文件本身按原样保存。</translation>
        </message>
        <message>
            <source>confidence %1 %</source>
            <translation>把握 %1 %</translation>
        </message>
        <message>
            <source>Cleared by the retention rule after it arrived; the sealed package holds it.</source>
            <translation>送达后已按留存规则清理;封存的卷宗包中有此页。</translation>
        </message>
        <message>
            <source>As it was captured; not read yet.</source>
            <translation>采集时的原样，尚未识别。</translation>
        </message>
        <message>
            <source>Point at a line to see what was read; Ctrl+↓ walks through the lines.</source>
            <translation>指向一行即显示识别的文字；Ctrl+↓ 逐行查看。</translation>
        </message>
    </context>
    <context>
        <name>PageView</name>
        <message>
            <source>Page</source>
            <translation>页面</translation>
        </message>
    </context>
    <context>
        <name>ProfileDialog</name>
        <message>
            <source>Save the scan profile</source>
            <translation>保存扫描方案</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>按键</translation>
        </message>
    </context>
    <context>
        <name>ReasonDialog</name>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
    </context>
    <context>
        <name>ScanDialog</name>
        <message>
            <source>Scan</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>Sample feed: a folder of pictures (training)</source>
            <translation>样例进纸：一个图片文件夹（训练）</translation>
        </message>
        <message>
            <source>Scanners found: %1</source>
            <translation>找到 %1 台扫描仪</translation>
        </message>
        <message>
            <source>No scanner found. Switch it on and look again.</source>
            <translation>没有找到扫描仪。请打开电源，再查找一次。</translation>
        </message>
        <message>
            <source>Looking for scanners…</source>
            <translation>正在查找扫描仪…</translation>
        </message>
        <message>
            <source>until the feeder is empty</source>
            <translation>扫到没有纸为止</translation>
        </message>
        <message>
            <source>The pile was turned over as a whole: the last sheet first</source>
            <translation>整叠翻面:最后一张在先</translation>
        </message>
        <message>
            <source>In the order of the fronts: the first sheet first</source>
            <translation>与正面同序:第一张在先</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Scan profile</source>
            <translation>扫描方案</translation>
        </message>
        <message>
            <source>Scanner</source>
            <translation>扫描仪</translation>
        </message>
        <message>
            <source>Sheets</source>
            <translation>张数</translation>
        </message>
        <message>
            <source>Backs</source>
            <translation>背面</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Folder of pictures</source>
            <translation>图片文件夹</translation>
        </message>
    </context>
    <context>
        <name>ScanFields</name>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>as the device has it</source>
            <translation>按设备默认</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>Feeder, both sides</source>
            <translation>进纸器，双面</translation>
        </message>
        <message>
            <source>Feeder, front sides</source>
            <translation>进纸器，正面</translation>
        </message>
        <message>
            <source>Glass</source>
            <translation>平板</translation>
        </message>
        <message>
            <source>Full colour</source>
            <translation>彩色</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰度</translation>
        </message>
        <message>
            <source>Black and white</source>
            <translation>黑白</translation>
        </message>
        <message>
            <source>Paper comes from</source>
            <translation>进纸方式</translation>
        </message>
        <message>
            <source>Resolution</source>
            <translation>分辨率</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Paper size</source>
            <translation>纸张</translation>
        </message>
        <message>
            <source>Wait for more paper</source>
            <translation>等待续纸</translation>
        </message>
        <message>
            <source>Next page on the glass after</source>
            <translation>平板连续扫描间隔</translation>
        </message>
        <message>
            <source>Start by the scanner's button</source>
            <translation>由扫描仪按钮启动</translation>
        </message>
        <message>
            <source>Sheets put in one by one</source>
            <translation>逐张手动送纸</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>对比度</translation>
        </message>
        <message>
            <source>Threshold (black and white)</source>
            <translation>阈值(黑白)</translation>
        </message>
    </context>
    <context>
        <name>SealDialog</name>
        <message>
            <source>Seal the dossier</source>
            <translation>封卷</translation>
        </message>
        <message>
            <source>Sign and seal</source>
            <translation>签名封卷</translation>
        </message>
        <message>
            <source>training key of this station</source>
            <translation>本站训练密钥</translation>
        </message>
        <message>
            <source>Explain…</source>
            <translation>说明…</translation>
        </message>
        <message>
            <source>Findings that block sealing: %1. Correct them, or explain each with a reason.</source>
            <translation>有 %1 条发现阻止封卷。请改正，或逐条说明理由。</translation>
        </message>
        <message>
            <source>Nothing blocks. A sealed dossier is never changed; a later one can only replace it.</source>
            <translation>没有阻止封卷的发现。封卷后不再更改，只能由新卷代替。</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Submission</source>
            <translation>报送种类</translation>
        </message>
        <message>
            <source>Key file</source>
            <translation>密钥文件</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>口令</translation>
        </message>
    </context>
    <context>
        <name>SendDialog</name>
        <message>
            <source>Send the outbox</source>
            <translation>发送发件箱</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>发送</translation>
        </message>
        <message>
            <source>Everything that waits in the outbox is sent; each dossier counts as arrived with its receipt.</source>
            <translation>发件箱里等待的都会发出；收到回执才算送达。</translation>
        </message>
        <message>
            <source>Training platform on this computer</source>
            <translation>本机训练平台</translation>
        </message>
        <message>
            <source>Platform at</source>
            <translation>平台地址</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>地址</translation>
        </message>
    </context>
    <context>
        <name>SubmissionDialog</name>
        <message>
            <source>Submission</source>
            <translation>报送</translation>
        </message>
        <message>
            <source>Work on it</source>
            <translation>办理此报送</translation>
        </message>
        <message>
            <source>The same papers are put in order and numbered anew for each submission; what is sealed stays.</source>
            <translation>同一批材料按每次报送重新排序、重新编页;已封卷的不变。</translation>
        </message>
        <message>
            <source>%1: new version</source>
            <translation>%1:新版本</translation>
        </message>
        <message>
            <source>its own version before, else the standard's order</source>
            <translation>本报送上一版本;没有则按标准次序</translation>
        </message>
        <message>
            <source>Begin with the order of</source>
            <translation>次序取自</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>%1: version %2</source>
            <translation>%1:第 %2 版</translation>
        </message>
        <message>
            <source>worked on now</source>
            <translation>正在办理</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>已封卷</translation>
        </message>
    </context>
    <context>
        <name>TrainingBand</name>
        <message>
            <source>TRAINING — these pages came from no real scanner; the dossier is for practice only</source>
            <translation>训练 — 这些页不是真实扫描仪采集的，卷宗仅供练习</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>Dossier station</source>
            <translation>卷宗工作站</translation>
        </message>
        <message>
            <source>reached</source>
            <translation>已连通</translation>
        </message>
        <message>
            <source>not reached</source>
            <translation>未连通</translation>
        </message>
        <message>
            <source>none found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>Work is still running. Stop it and close? Everything shown is saved; it can go on later.</source>
            <translation>还有工作在进行。要停下并关闭吗？已显示的都已保存，以后可以接着做。</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>WorkPage</name>
        <message>
            <source>Catalogue</source>
            <translation>目录</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>Count the sheets again…</source>
            <translation>重新点数…</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>New case…</source>
            <translation>新案件…</translation>
        </message>
        <message>
            <source>Import cases…</source>
            <translation>导入案件…</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>案件</translation>
        </message>
        <message>
            <source>Scan…</source>
            <translation>扫描…</translation>
        </message>
        <message>
            <source>Scan the backs…</source>
            <translation>扫描背面…</translation>
        </message>
        <message>
            <source>Scan by profile %1</source>
            <translation>按方案 %1 扫描</translation>
        </message>
        <message>
            <source>Backs in the other order</source>
            <translation>背面换序</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>导入…</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>识别</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>检查</translation>
        </message>
        <message>
            <source>Seal…</source>
            <translation>封卷…</translation>
        </message>
        <message>
            <source>Send…</source>
            <translation>发送…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Explain…</source>
            <translation>说明…</translation>
        </message>
        <message>
            <source>Next finding</source>
            <translation>下一条发现</translation>
        </message>
        <message>
            <source>Dismiss the message</source>
            <translation>知道了</translation>
        </message>
        <message>
            <source>Catalogue</source>
            <translation>目录</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>Set aside…</source>
            <translation>剔除…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Replace by a scan…</source>
            <translation>重扫替换…</translation>
        </message>
        <message>
            <source>Replace by a file…</source>
            <translation>用文件替换…</translation>
        </message>
        <message>
            <source>Scan in behind…</source>
            <translation>在后面扫入…</translation>
        </message>
        <message>
            <source>File in behind…</source>
            <translation>在后面插入文件…</translation>
        </message>
        <message>
            <source>Scan the sheet again…</source>
            <translation>重扫此张…</translation>
        </message>
        <message>
            <source>Split here…</source>
            <translation>从此面拆分…</translation>
        </message>
        <message>
            <source>Join to the one before…</source>
            <translation>并入前一文书…</translation>
        </message>
        <message>
            <source>Move to…</source>
            <translation>移到…</translation>
        </message>
        <message>
            <source>Submission…</source>
            <translation>报送…</translation>
        </message>
        <message>
            <source>What it is…</source>
            <translation>更正著录…</translation>
        </message>
        <message>
            <source>Show pages set aside</source>
            <translation>显示已剔除的页</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Previous page</source>
            <translation>上一页</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>下一页</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Whole page</source>
            <translation>整页</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>原图</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>文字行</translation>
        </message>
        <message>
            <source>Previous line</source>
            <translation>上一行</translation>
        </message>
        <message>
            <source>Next line</source>
            <translation>下一行</translation>
        </message>
    </context>
    <context>
        <name>words</name>
        <message>
            <source>no pages yet</source>
            <translation>还没有页</translation>
        </message>
        <message>
            <source>scanned</source>
            <translation>已扫描</translation>
        </message>
        <message>
            <source>read</source>
            <translation>已识别</translation>
        </message>
        <message>
            <source>sealed, waiting to be sent</source>
            <translation>已封卷，待发送</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>发送中</translation>
        </message>
        <message>
            <source>sent, awaiting the receipt</source>
            <translation>已传到，待回执</translation>
        </message>
        <message>
            <source>arrived, receipt in hand</source>
            <translation>已送达，已收回执</translation>
        </message>
        <message>
            <source>rejected by the platform</source>
            <translation>被平台退回</translation>
        </message>
        <message>
            <source>set aside</source>
            <translation>已隔离</translation>
        </message>
        <message>
            <source>sending paused</source>
            <translation>已暂停发送</translation>
        </message>
        <message>
            <source>not to be sent</source>
            <translation>已取消发送</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>收案</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>Arrange</source>
            <translation>整理</translation>
        </message>
        <message>
            <source>Seal</source>
            <translation>签章</translation>
        </message>
        <message>
            <source>Deliver</source>
            <translation>移送</translation>
        </message>
        <message>
            <source>not yet</source>
            <translation>未到</translation>
        </message>
        <message>
            <source>now</source>
            <translation>当前</translation>
        </message>
        <message>
            <source>running</source>
            <translation>进行中</translation>
        </message>
        <message>
            <source>done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>blocked</source>
            <translation>受阻</translation>
        </message>
        <message>
            <source>%1 blocking</source>
            <translation>%1 条阻止</translation>
        </message>
        <message>
            <source>%1 unread</source>
            <translation>%1 页未识别</translation>
        </message>
        <message>
            <source>%1 p.</source>
            <translation>%1 页</translation>
        </message>
        <message>
            <source>%1 doc.</source>
            <translation>%1 份文书</translation>
        </message>
        <message>
            <source>Face %1</source>
            <translation>第 %1 面</translation>
        </message>
        <message>
            <source>front</source>
            <translation>正</translation>
        </message>
        <message>
            <source>back</source>
            <translation>反</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>已剔除</translation>
        </message>
        <message>
            <source>replaced</source>
            <translation>已替换</translation>
        </message>
        <message>
            <source>separator</source>
            <translation>分隔页</translation>
        </message>
        <message>
            <source>not read</source>
            <translation>未能识别</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新到</translation>
        </message>
        <message>
            <source>cleared</source>
            <translation>已清理</translation>
        </message>
        <message>
            <source>blank</source>
            <translation>空白</translation>
        </message>
        <message>
            <source>blocks sealing</source>
            <translation>阻止封卷</translation>
        </message>
        <message>
            <source>please look</source>
            <translation>请看</translation>
        </message>
        <message>
            <source>note</source>
            <translation>提示</translation>
        </message>
        <message>
            <source>explained</source>
            <translation>已说明</translation>
        </message>
        <message>
            <source>device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>replay</source>
            <translation>回放</translation>
        </message>
        <message>
            <source>simulator</source>
            <translation>模拟</translation>
        </message>
        <message>
            <source>Scanning</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>Importing</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>识别</translation>
        </message>
        <message>
            <source>Sealing</source>
            <translation>封卷</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>发送</translation>
        </message>
        <message>
            <source>No case yet. Open the first one.</source>
            <translation>还没有案件。请先收案。</translation>
        </message>
        <message>
            <source>Choose a case and open it.</source>
            <translation>选一个案件打开。</translation>
        </message>
        <message>
            <source>No paper yet. Put the pile into the scanner, or import files.</source>
            <translation>还没有页。请把纸放进扫描仪，或导入文件。</translation>
        </message>
        <message>
            <source>The last pile stopped half-way. Scan the rest of it.</source>
            <translation>上一叠中途停下了。请把剩下的扫完。</translation>
        </message>
        <message>
            <source>The last import stopped half-way. Import the files again; known ones are passed over.</source>
            <translation>上次导入中途停下了。请把文件再导入一遍，已有的会跳过。</translation>
        </message>
        <message>
            <source>Pages that have arrived and are still to be read: %1.</source>
            <translation>有 %1 页已到，等待识别。</translation>
        </message>
        <message>
            <source>Pages that could not be read: %1. Read them again, or scan them anew.</source>
            <translation>有 %1 页没能识别。请再识别一次，或重扫。</translation>
        </message>
        <message>
            <source>Findings that block sealing: %1. Correct them, or explain one with E.</source>
            <translation>有 %1 条发现阻止封卷。请改正，或按 E 说明理由。</translation>
        </message>
        <message>
            <source>Nothing blocks any more. Seal the dossier.</source>
            <translation>没有阻止封卷的了，可以封卷。</translation>
        </message>
        <message>
            <source>The dossier is sealed and waits in the outbox. Send it.</source>
            <translation>卷宗已封，在发件箱里等待发送。</translation>
        </message>
        <message>
            <source>The platform has rejected the dossier. Check the case again.</source>
            <translation>平台退回了卷宗，请再检查本案。</translation>
        </message>
        <message>
            <source>The dossier has arrived; the platform's signed receipt is in hand.</source>
            <translation>卷宗已送达，平台的签名回执已收到。</translation>
        </message>
        <message>
            <source>%1…</source>
            <translation>正在%1…</translation>
        </message>
        <message>
            <source>%1: %2 %</source>
            <translation>正在%1：%2%</translation>
        </message>
        <message>
            <source>%1: %2 of %3</source>
            <translation>正在%1：%2 / %3</translation>
        </message>
        <message>
            <source>room for %1 p.</source>
            <translation>可存 %1 页</translation>
        </message>
        <message>
            <source>over a year</source>
            <translation>一年以上</translation>
        </message>
        <message>
            <source>%1 days</source>
            <translation>%1 天</translation>
        </message>
        <message>
            <source>green</source>
            <translation>绿</translation>
        </message>
        <message>
            <source>blue</source>
            <translation>蓝</translation>
        </message>
        <message>
            <source>yellow</source>
            <translation>黄</translation>
        </message>
        <message>
            <source>orange</source>
            <translation>橙</translation>
        </message>
        <message>
            <source>red</source>
            <translation>红</translation>
        </message>
        <message>
            <source>%1 %2, %3 h left</source>
            <translation>%1 %2 还剩 %3 小时</translation>
        </message>
        <message>
            <source>%1 %2, %3 days left</source>
            <translation>%1 %2 还剩 %3 天</translation>
        </message>
        <message>
            <source>%1 %2, exceeded by %3 h</source>
            <translation>%1 %2 已超 %3 小时</translation>
        </message>
        <message>
            <source>%1 %2, exceeded by %3 days</source>
            <translation>%1 %2 已超 %3 天</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>没有改动任何东西。</translation>
        </message>
        <message>
            <source>Dates that findings rest on are being read again: %1 of %2 pages.</source>
            <translation>检查所依据的日期正在再读一遍：%1/%2 页。</translation>
        </message>
        <message>
            <source>All pages shown are saved.</source>
            <translation>已显示的页都已保存。</translation>
        </message>
        <message>
            <source>All pages shown are saved; the source files were not touched.</source>
            <translation>已显示的页都已保存，原文件没有动。</translation>
        </message>
        <message>
            <source>The originals are untouched; what was read is kept.</source>
            <translation>原始图像没有动，已识别的都保留。</translation>
        </message>
        <message>
            <source>Nothing was signed or queued.</source>
            <translation>没有签名，也没有进发件箱。</translation>
        </message>
        <message>
            <source>The sealed dossier stays in the outbox.</source>
            <translation>封好的卷宗还在发件箱里。</translation>
        </message>
        <message>
            <source>Faces of this pile saved: %1.</source>
            <translation>这叠已保存 %1 面。</translation>
        </message>
        <message>
            <source>Lay sheet %1 and those after it back in, then press Space.</source>
            <translation>把第 %1 张及以后的纸放回,按空格继续。</translation>
        </message>
        <message>
            <source>Scan these sheets again.</source>
            <translation>请补扫这些张。</translation>
        </message>
        <message>
            <source>The scanner did not take all settings as asked: %1.</source>
            <translation>扫描仪未完全按设置执行:%1。</translation>
        </message>
        <message>
            <source>Look whether the pages are whole.</source>
            <translation>请查看页面是否完整。</translation>
        </message>
        <message>
            <source>The sheets do not fit the faces that came.</source>
            <translation>放入的张数与扫到的面数不符。</translation>
        </message>
        <message>
            <source>Missing sheets: %1.</source>
            <translation>缺第 %1 张。</translation>
        </message>
        <message>
            <source>Sheets with one face only: %1.</source>
            <translation>只有一面的:第 %1 张。</translation>
        </message>
        <message>
            <source>Sheets too many: %1.</source>
            <translation>多出的:第 %1 张。</translation>
        </message>
        <message>
            <source>Something unforeseen happened (%1).</source>
            <translation>出了没有预料到的情况（%1）。</translation>
        </message>
        <message>
            <source>Try again; if it stays, report it with the log.</source>
            <translation>请再试一次；还不行，请连同日志报告。</translation>
        </message>
    </context>
</TS>
